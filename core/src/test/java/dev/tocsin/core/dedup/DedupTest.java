package dev.tocsin.core.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.VersionVector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DedupTest {
    private static final Duration REPEAT = Duration.ofSeconds(100);
    private static final Instant TICK = Entries.NOW;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/dedup/decisions.csv", delimiter = ';', numLinesToSkip = 1, emptyValue = "")
    void decides(
            String name,
            String heads,
            String maybes,
            String firing,
            String resolved,
            boolean sendResolved,
            String expected) {
        KeyState state =
                new KeyState(heads(heads), maybes(maybes), List.of(), null, VersionVector.EMPTY, 0, Instant.EPOCH);

        DedupVerdict verdict = new Dedup(sendResolved, REPEAT).decide(alerts(firing), alerts(resolved), TICK, state);

        assertThat(print(verdict)).isEqualTo(expected);
    }

    private static String print(DedupVerdict verdict) {
        return switch (verdict) {
            case DedupVerdict.Send send -> send.reason().text();
            case DedupVerdict.Quiet quiet -> "quiet " + quiet.why();
        };
    }

    private static AlertHashes alerts(String letters) {
        return Entries.hashes(letters == null ? "" : letters);
    }

    private record Told(String firing, String resolved, Instant at) {}

    private static List<Told> told(String text) {
        List<Told> told = new ArrayList<>();
        if (!text.equals("-")) {
            for (String one : text.split(" ", -1)) {
                int slash = one.indexOf('/');
                int at = one.indexOf('@');
                told.add(new Told(
                        one.substring(0, slash),
                        one.substring(slash + 1, at),
                        TICK.minusSeconds(Long.parseLong(one.substring(at + 1)))));
            }
        }
        return told;
    }

    private static List<LogEntry> heads(String text) {
        List<LogEntry> heads = new ArrayList<>();
        for (Told told : told(text)) {
            long node = heads.size() + 1L;
            VersionVector version = VersionVector.EMPTY.with(node, 1);
            heads.add(Entries.entry(100 - node, version, told.firing, told.resolved, told.at, node));
        }
        return heads;
    }

    private static List<ClaimContent> maybes(String text) {
        List<ClaimContent> maybes = new ArrayList<>();
        for (Told told : told(text)) {
            ClaimId id = new ClaimId(50 + maybes.size(), 1, 1);
            maybes.add(Entries.claim(id, 100, VersionVector.EMPTY, told.firing, told.resolved, told.at));
        }
        return maybes;
    }
}
