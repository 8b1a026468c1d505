package dev.tocsin.core.log;

import static dev.tocsin.core.log.Entries.NOW;
import static dev.tocsin.core.log.Entries.claim;
import static dev.tocsin.core.log.Entries.entry;
import static dev.tocsin.core.log.Entries.hashes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.notify.ReceiverValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyStateTest {
    private static final long HOUR_FLOOR = Math.floorDiv(NOW.getEpochSecond(), 3600L) * 4096;

    private static VersionVector version(long... nodesAndCounters) {
        VersionVector version = VersionVector.EMPTY;
        for (int i = 0; i < nodesAndCounters.length; i += 2) {
            version = version.with(nodesAndCounters[i], nodesAndCounters[i + 1]);
        }
        return version;
    }

    @Test
    void aLaterEntryReplacesWhatItsAuthorKnewAndNothingElse() {
        LogEntry first = entry(1, version(1, 1), "a", "", NOW, 1);
        LogEntry other = entry(1, version(2, 1), "b", "", NOW, 2);
        LogEntry second = entry(2, version(1, 2), "ab", "", NOW, 1);
        ClaimContent known = claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", NOW);
        ClaimContent unknown = claim(new ClaimId(3, 1, 1), 1, VersionVector.EMPTY, "c", "", NOW);

        KeyState state = KeyState.EMPTY
                .mergeEntry(first)
                .mergeEntry(other)
                .addMaybe(known)
                .addMaybe(unknown)
                .mergeEntry(second);

        assertThat(state.heads()).containsExactly(second, other);
        assertThat(state.maybes()).containsExactly(unknown);
        assertThat(state.uncertain()).isTrue();
        assertThat(state.known()).isEqualTo(version(1, 2, 2, 1, 3, 1));
    }

    @Test
    void aMaybeThatAHeadKnewOfIsIgnored() {
        KeyState state = KeyState.EMPTY.mergeEntry(entry(2, version(1, 2), "a", "", NOW, 1));

        assertThat(state.addMaybe(claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", NOW)))
                .isSameAs(state);
        assertThat(state.uncertain()).isFalse();
    }

    @Test
    void theSeventhMaybeMakesTheOldestGoAndWhatItKnewIsKept() {
        KeyState state = KeyState.EMPTY;
        for (int i = 1; i <= 7; i++) {
            state = state.addMaybe(claim(new ClaimId(i, 1, 10), i, VersionVector.EMPTY, "a", "", NOW));
        }

        assertThat(state.maybes()).hasSize(6).allMatch(maybe -> maybe.sequence() > 1);
        assertThat(state.known().counter(1)).isEqualTo(10);
        assertThat(state.addMaybe(claim(new ClaimId(1, 1, 10), 1, VersionVector.EMPTY, "a", "", NOW)))
                .isSameAs(state);
        assertThat(state.mergeEntry(entry(8, state.known().with(9, 1), "a", "", NOW, 9))
                        .uncertain())
                .isFalse();
    }

    @Test
    void anIntentIsClosedByItsEntryByItsWithdrawalOrByARestart() {
        ClaimContent intent = claim(new ClaimId(1, 1, 1), 1, VersionVector.EMPTY, "a", "", NOW);
        KeyState sending = KeyState.EMPTY.intend(intent);

        assertThat(sending.intents()).containsExactly(intent);
        assertThat(sending.mergeEntry(entry(1, intent.version(), "a", "", NOW, 1))
                        .intents())
                .isEmpty();
        assertThat(sending.withdraw(intent.id()).intents()).isEmpty();
        assertThat(sending.withdraw(intent.id()).maybes()).isEmpty();
        assertThat(sending.withdraw(intent.id()).at(intent.expiresAt()).isForgotten())
                .isTrue();
        assertThat(sending.abandonIntents().intents()).isEmpty();
        assertThat(sending.abandonIntents().maybes()).containsExactly(intent);
    }

    @Test
    void aKeyWithoutHistoryIsNumberedFromTheHour() {
        assertThat(KeyState.EMPTY.nextSequence(hashes("a"), hashes(""), NOW)).isEqualTo(HOUR_FLOOR);
    }

    @Test
    void eachEntryIsFollowedByTheNextNumber() {
        KeyState state = KeyState.EMPTY.mergeEntry(entry(41, version(1, 1), "a", "", NOW, 1));

        assertThat(state.nextSequence(hashes("a"), hashes(""), NOW)).isEqualTo(42);
    }

    @Test
    void theNumberOfAMaybeIsUsedAgainForTheSameAlertsOnly() {
        KeyState state = KeyState.EMPTY
                .mergeEntry(entry(41, version(1, 1), "", "", NOW, 1))
                .addMaybe(claim(new ClaimId(1, 1, 2), 42, version(1, 1), "a", "b", NOW));

        assertThat(state.nextSequence(hashes("a"), hashes("b"), NOW)).isEqualTo(42);
        assertThat(state.nextSequence(hashes("ab"), hashes(""), NOW)).isEqualTo(43);
        assertThat(state.addMaybe(claim(new ClaimId(2, 1, 1), 42, version(1, 1), "c", "", NOW))
                        .nextSequence(hashes("a"), hashes("b"), NOW))
                .isEqualTo(43);
    }

    @Test
    void theNumberOfWhatWasRefusedIsUsedAgainForTheSameAlertsOnly() {
        ClaimContent refused = claim(new ClaimId(1, 1, 3), 43, version(1, 1), "", "a", NOW);
        KeyState state = KeyState.EMPTY
                .mergeEntry(entry(41, version(1, 1), "", "", NOW, 1))
                .addMaybe(claim(new ClaimId(1, 1, 2), 42, version(1, 1), "a", "b", NOW))
                .intend(refused)
                .withdraw(refused.id());

        assertThat(state.nextSequence(hashes(""), hashes("a"), NOW)).isEqualTo(43);
        assertThat(state.nextSequence(hashes("a"), hashes("b"), NOW)).isEqualTo(44);
        assertThat(state.mergeEntry(entry(43, version(1, 9), "", "", NOW, 1)).refused())
                .isNull();
    }

    @Test
    void whatWasRefusedIsRememberedUntilSomethingIsSentInKnowledgeOfIt() {
        ClaimContent refused = claim(new ClaimId(1, 1, 3), 43, version(1, 1), "a", "", NOW);
        KeyState state = KeyState.EMPTY.refuse(refused).mergeEntry(entry(43, version(2, 1), "a", "", NOW, 2));

        assertThat(state.refused()).isEqualTo(refused);
        assertThat(state.addMaybe(refused)).isEqualTo(state);
        assertThat(state.nextSequence(hashes("a"), hashes(""), NOW)).isEqualTo(44);
        assertThat(state.mergeEntry(entry(44, version(1, 3, 2, 2), "", "a", NOW, 2))
                        .refused())
                .isNull();
    }

    @Test
    void aRefusalIsNewsAlsoIfOthersHaveToldMoreSince() {
        ClaimContent refused = claim(new ClaimId(1, 1, 3), 43, version(1, 1), "a", "", NOW);
        KeyState state = KeyState.EMPTY
                .addMaybe(refused)
                .mergeEntry(entry(44, version(2, 1), "a", "", NOW, 2))
                .refuse(refused);

        assertThat(state.maybes()).isEmpty();
        assertThat(state.refused()).isEqualTo(refused);
    }

    @Test
    void theNumberOfAFirstNotificationIsUsedAgainAfterTheHour() {
        ClaimContent maybe = claim(new ClaimId(1, 1, 1), HOUR_FLOOR, VersionVector.EMPTY, "a", "", NOW);

        assertThat(KeyState.EMPTY.addMaybe(maybe).nextSequence(hashes("a"), hashes(""), NOW.plusSeconds(3600)))
                .isEqualTo(HOUR_FLOOR);
    }

    @Test
    void numbersOutliveTheirEntriesForTwoDays() {
        KeyState state = KeyState.EMPTY.mergeEntry(entry(HOUR_FLOOR + 70_000, version(1, 1), "a", "", NOW, 1));

        KeyState later = state.at(NOW.plus(Duration.ofHours(47)));
        assertThat(later.heads()).isEmpty();
        assertThat(later.isForgotten()).isFalse();
        assertThat(later.nextSequence(hashes("a"), hashes(""), NOW)).isEqualTo(HOUR_FLOOR + 70_001);
        assertThat(state.at(NOW.plus(Duration.ofDays(2))).isForgotten()).isTrue();
    }

    @Test
    void numbersOfMaybesOutliveThemToo() {
        ClaimContent maybe = claim(new ClaimId(1, 1, 1), 77, VersionVector.EMPTY, "a", "", NOW);

        KeyState later = KeyState.EMPTY.addMaybe(maybe).at(NOW.plus(Duration.ofHours(9)));

        assertThat(later.maybes()).isEmpty();
        assertThat(later.nextSequence(hashes("a"), hashes(""), NOW)).isEqualTo(78);
    }

    @Test
    void anEntryExpiresAtItsInstant() {
        LogEntry entry = entry(1, version(1, 1), "a", "", NOW, 1);
        KeyState state = KeyState.EMPTY.mergeEntry(entry);

        assertThat(state.at(entry.expiresAt().minusNanos(1))).isSameAs(state);
        assertThat(state.at(entry.expiresAt()).heads()).isEmpty();
    }

    @Test
    void theReceiverDataOfTheBestHeadCount() {
        LogEntry low = entry(3, version(1, 1), "a", "", NOW, 1);
        Instant later = NOW.plusSeconds(1);
        LogEntry high = new LogEntry(
                Entries.KEY,
                3,
                version(2, 1),
                hashes("a"),
                hashes(""),
                Map.of("thread", new ReceiverValue.Text("t2")),
                later,
                later.plusSeconds(9),
                2,
                false);

        assertThat(KeyState.EMPTY.mergeEntry(high).mergeEntry(low).receiverData())
                .isEqualTo(high.receiverData())
                .isEqualTo(KeyState.EMPTY.mergeEntry(low).mergeEntry(high).receiverData());
    }

    @Test
    void anIdempotencyKeyNamesKeyNumberAndAlerts() {
        LogEntry entry = entry(7, version(1, 1), "ab", "c", NOW, 1);

        assertThat(entry.idempotencyKey())
                .hasSize(32)
                .isEqualTo(claim(new ClaimId(9, 9, 9), 7, VersionVector.EMPTY, "ba", "c", NOW.plusSeconds(5))
                        .idempotencyKey())
                .isNotEqualTo(entry(8, version(1, 1), "ab", "c", NOW, 1).idempotencyKey())
                .isNotEqualTo(entry(7, version(1, 1), "abc", "", NOW, 1).idempotencyKey())
                .isNotEqualTo(entry(7, version(1, 1), "ab", "", NOW, 1).idempotencyKey());
    }
}
