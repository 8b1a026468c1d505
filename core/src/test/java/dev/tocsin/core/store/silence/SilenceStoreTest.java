package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences.Draft;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import dev.tocsin.core.silence.Silences.SetResult;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SilenceStoreTest extends SilenceStoreFixture {
    private static @Nullable Instant at(Instant now, String seconds) {
        return seconds.equals("-") ? null : now.plusSeconds(Long.parseLong(seconds));
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "refusals.txt",
            delimiter = ';',
            numLinesToSkip = 1,
            quoteCharacter = '\0',
            emptyValue = "",
            nullValues = "null")
    void draftsAreCheckedInTheContractsOrderAndWords(
            MatcherMode mode, String times, @Nullable String matchers, String expected) throws IOException {
        restart(new SilenceOptions(mode, OPTIONS.retention(), OPTIONS.maintenanceInterval(), 0, 0, false));
        List<MatcherDraft> drafts = new ArrayList<>();
        String[] words = matchers == null || matchers.isEmpty() ? new String[0] : matchers.split(" ", -1);
        for (int i = 0; i < words.length; i += 3) {
            drafts.add(new MatcherDraft(
                    words[i].replace("_", ""),
                    words[i + 2].replace("_", ""),
                    words[i + 1].endsWith("~"),
                    words[i + 1].startsWith("=")));
        }
        String[] bounds = times.split(" ", -1);
        Draft draft = new Draft("", drafts, at(time.now(), bounds[0]), at(time.now(), bounds[1]), "me", "", Map.of());
        switch (await(store.set(draft))) {
            case SetResult.Stored stored -> assertThat("ok").isEqualTo(expected);
            case SetResult.NotFound notFound -> throw new AssertionError("not found");
            case SetResult.Refused refused -> assertThat(refused.message()).isEqualTo(expected);
        }
    }

    @Test
    void aLoneSurrogateIsNoLabelValue() {
        Draft draft = draft("", 0, 10, "a", "\ud800");
        assertThat(await(store.set(draft)))
                .asString()
                .contains("invalid label matcher 0 in set 0: invalid label value");
    }

    @Test
    void aNewSilenceHasARandomIdAndBeginsNotBeforeNow() {
        String id = create(draft("", -100, 3600, "alertname", "Down"));
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Silence silence = get(id);
        Instant now = time.now();
        assertThat(silence)
                .isEqualTo(new Silence(
                        id,
                        List.of(List.of(Matcher.equal("alertname", "Down"))),
                        now,
                        now.plusSeconds(3600),
                        now,
                        "me",
                        "why",
                        Map.of("k", "v"),
                        now.plusSeconds(3600).plus(OPTIONS.retention())));
        assertThat(create(draft("", 0, 3600, "alertname", "Down"))).isNotEqualTo(id);
    }

    @Test
    void onlyActiveSilencesMute() {
        String id = create(draft("", 10, 20, "alertname", "Down"));
        assertThat(store.silencedBy(ALERT, time.now())).isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(store.silencedBy(ALERT, time.now())).containsExactly(id);
        assertThat(store.silencedBy(LabelSet.of("alertname", "Up"), time.now())).isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(store.silencedBy(ALERT, time.now())).isEmpty();
        assertThat(state(id)).isEqualTo(Silence.State.EXPIRED);
    }

    @Test
    void anUnknownIdIsNotFoundWhateverItsText() {
        assertThat(await(store.set(draft("not a uuid", 0, 10, "a", "b")))).isEqualTo(new SetResult.NotFound());
        assertThat(await(store.set(draft("not a uuid", 0, -10, "a", "b")))).isInstanceOf(SetResult.Refused.class);
    }

    @Test
    void anActiveSilenceIsUpdatedInPlaceIfItsStartIsTheSameToTheSecond() {
        String id = create(draft("", 0, 3600, "a", "b"));
        Instant created = get(id).updatedAt();
        time.advance(Duration.ofMillis(400));
        Draft update = new Draft(
                id,
                List.of(new MatcherDraft("a", "b", false, true)),
                created.plusMillis(123),
                time.now().plusSeconds(99),
                "you",
                "longer",
                Map.of());
        assertThat(create(update)).isEqualTo(id);
        Silence silence = get(id);
        assertThat(silence.endsAt()).isEqualTo(time.now().plusSeconds(99));
        assertThat(silence.createdBy()).isEqualTo("you");
        assertThat(silence.annotations()).isEmpty();
        assertThat(silence.updatedAt()).isEqualTo(time.now());
        assertThat(silence.expiresAt()).isEqualTo(silence.endsAt().plus(OPTIONS.retention()));
        assertThat(store.list(List.of())).hasSize(1);
    }

    @Test
    void anotherStartOrOtherMatchersMakeANewSilenceAndEndTheOldOne() {
        String first = create(draft("", 0, 3600, "a", "b", "c", "d"));
        time.advance(Duration.ofSeconds(5));
        String second = create(draft(first, 0, 3600, "a", "b", "c", "d"));
        assertThat(second).isNotEqualTo(first);
        assertThat(state(first)).isEqualTo(Silence.State.EXPIRED);
        assertThat(get(first).endsAt()).isEqualTo(time.now());
        String third = create(draft(second, 0, 3600, "c", "d", "a", "b"));
        assertThat(third).isNotEqualTo(second);
        assertThat(state(second)).isEqualTo(Silence.State.EXPIRED);
        assertThat(state(third)).isEqualTo(Silence.State.ACTIVE);
    }

    @Test
    void aPendingSilenceMayMoveButNotIntoThePast() {
        String id = create(draft("", 100, 3600, "a", "b"));
        assertThat(create(draft(id, 0, 7200, "a", "b"))).isEqualTo(id);
        String pending = create(draft("", 100, 3600, "a", "c"));
        String moved = create(draft(pending, -1, 3600, "a", "c"));
        assertThat(moved).isNotEqualTo(pending);
        assertThat(get(pending).startsAt()).isEqualTo(time.now());
        assertThat(get(pending).endsAt()).isEqualTo(time.now());
    }

    @Test
    void anEndedSilenceIsNeverChangedAgain() {
        String id = create(draft("", 0, 10, "a", "b"));
        time.advance(Duration.ofSeconds(10));
        Silence ended = get(id);
        assertThat(create(draft(id, 0, 10, "a", "b"))).isNotEqualTo(id);
        assertThat(get(id)).isEqualTo(ended);
    }

    @Test
    void expiringEndsActiveAndPendingSilencesOnce() {
        String active = create(draft("", 0, 100, "a", "b"));
        String pending = create(draft("", 50, 100, "a", "b"));
        time.advance(Duration.ofSeconds(1));
        assertThat(await(store.expire(active))).isTrue();
        assertThat(await(store.expire(pending))).isTrue();
        assertThat(get(active).endsAt()).isEqualTo(time.now());
        assertThat(get(active).startsAt()).isEqualTo(time.now().minusSeconds(1));
        assertThat(get(pending).startsAt()).isEqualTo(time.now());
        assertThat(get(pending).endsAt()).isEqualTo(time.now());
        Silence once = get(active);
        time.advance(Duration.ofSeconds(1));
        assertThat(await(store.expire(active))).isTrue();
        assertThat(get(active)).isEqualTo(once);
        assertThat(await(store.expire("unknown"))).isFalse();
    }

    @Test
    void versionsRiseAlsoWithinOneInstant() {
        String id = create(draft("", 0, 3600, "a", "b"));
        Instant created = get(id).updatedAt();
        create(draft(id, 0, 1800, "a", "b"));
        assertThat(get(id).updatedAt()).isEqualTo(created.plusMillis(1));
        await(store.expire(id));
        assertThat(get(id).updatedAt()).isEqualTo(created.plusMillis(2));
    }

    @Test
    void theNumberOfSilencesIsBoundedButUpdatesAreNot() throws IOException {
        restart(new SilenceOptions(
                MatcherMode.FALLBACK, OPTIONS.retention(), OPTIONS.maintenanceInterval(), 2, 0, false));
        String first = create(draft("", 0, 3600, "a", "1"));
        create(draft("", 0, 3600, "a", "2"));
        await(store.expire(first));
        assertThat(await(store.set(draft("", 0, 3600, "a", "3"))))
                .isEqualTo(new SetResult.Refused("exceeded maximum number of silences: 2 (limit: 2)"));
        String second = store.list(List.of(Matcher.equal("a", "2"))).getFirst().id();
        assertThat(create(draft(second, 0, 7200, "a", "2"))).isEqualTo(second);
        assertThat(await(store.set(draft(second, 0, 7200, "a", "x")))).isInstanceOf(SetResult.Refused.class);
        assertThat(state(second)).isEqualTo(Silence.State.ACTIVE);
    }

    @Test
    void theSizeOfASilenceIsBoundedAlsoInUpdates() throws IOException {
        int size = SilenceSnapshot.recordSize(get(create(draft("", 0, 3600, "a", "1"))));
        restart(new SilenceOptions(
                MatcherMode.FALLBACK, OPTIONS.retention(), OPTIONS.maintenanceInterval(), 0, size, false));
        String id = create(draft("", 0, 3600, "a", "2"));
        Draft longer = draft("", 0, 3600, "a", "22");
        assertThat(await(store.set(longer)))
                .isEqualTo(new SetResult.Refused(
                        "silence exceeded maximum size: " + (size + 2) + " bytes (limit: " + size + " bytes)"));
        Draft update = new Draft(
                id, longer.matchers(), longer.startsAt(), longer.endsAt(), "me", "a longer comment", Map.of());
        assertThat(await(store.set(update))).isInstanceOf(SetResult.Refused.class);
        assertThat(get(id).comment()).isEqualTo("why");
    }

    @Test
    void listsAreInTheContractsOrderAndFilteredByText() {
        String late = create(draft("", 0, 300, "a", "1", "b", "x"));
        String soon = create(draft("", 0, 200, "a", "2"));
        String tomorrow = create(draft("", 2000, 3000, "a", "1"));
        String hour = create(draft("", 1000, 4000, "a", "1"));
        String ended = create(draft("", 0, 5, "a", "1"));
        String endedLater = create(draft("", 0, 6, "a", "1"));
        time.advance(Duration.ofSeconds(10));
        assertThat(store.list(List.of()))
                .extracting(Silence::id)
                .containsExactly(soon, late, hour, tomorrow, endedLater, ended);
        assertThat(store.list(List.of(Matcher.equal("a", "1"), Matcher.equal("b", "x"))))
                .extracting(Silence::id)
                .containsExactly(late);
        assertThat(store.list(List.of(Matcher.equal("b", "")))).isEmpty();
    }

    @Test
    void editsAndQueriesAreCounted() {
        create(draft("", 0, 3600, "a", "b"));
        create(draft("", 0, 3600, "alertname", "Down"));
        create(draft("", 100, 3600, "a", "d"));
        await(store.expire(create(draft("", 0, 3600, "a", "e"))));
        assertThat(value("", "active")).isEqualTo(2);
        assertThat(value("", "pending")).isEqualTo(1);
        assertThat(value("", "expired")).isEqualTo(1);
        assertThat(value("_state_size")).isEqualTo(4);
        assertThat(value("_matcher_index_size")).isEqualTo(3);
        double queries = value("_queries_total");
        store.silencedBy(ALERT, time.now());
        store.find("unknown");
        assertThat(value("_queries_total")).isEqualTo(queries + 2);
        assertThat(value("_query_errors_total")).isEqualTo(1);
        assertThat(value("_query_silences_scanned_total")).isEqualTo(1);
        assertThat(value("_query_silences_skipped_total")).isEqualTo(7);
        assertThat(value("_matcher_compile_errors_total", "load_snapshot")).isZero();
        assertThat(value("_matcher_compile_errors_total", "index")).isZero();
    }

    @Test
    void theJournalHearsOfEveryEdit() {
        String id = create(draft("", 0, 3600, "a", "b"));
        create(draft(id, 0, 1800, "a", "b"));
        await(store.expire(id));
        assertThat(journal.query(JournalFilter.ALL, JournalCursor.NONE, 10).entries())
                .extracting(JournalEntry::event)
                .satisfiesExactly(
                        event -> assertThat(event).isInstanceOf(HubEvent.SilenceExpired.class),
                        event -> assertThat(event).isInstanceOf(HubEvent.SilenceUpdated.class),
                        event -> assertThat(event).isInstanceOf(HubEvent.SilenceCreated.class));
    }
}
