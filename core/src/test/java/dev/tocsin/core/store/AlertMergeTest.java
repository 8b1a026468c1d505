package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertMergeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final LabelSet LABELS = LabelSet.of("alertname", "X");

    static Stream<String> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(AlertMergeTest.class.getResourceAsStream("merge.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mergesRanges(String line) {
        String[] columns = line.strip().split(" +", 7);
        Alert old = alert(columns[0], columns[1], NOW.minusSeconds(30));
        Alert posted = alert(columns[2], columns[3], NOW);
        Alert expected = alert(columns[4], columns[5], NOW);
        assertThat(AlertMerge.merge(old, posted, NOW)).as(columns[6]).isEqualTo(expected);
    }

    private static Alert alert(String start, String end, Instant updatedAt) {
        boolean timeout = end.endsWith("t");
        return Alerts.alert(LABELS, minutes(start), minutes(end.replace("t", "")), updatedAt, timeout);
    }

    private static Instant minutes(String text) {
        return NOW.plus(Duration.ofMinutes(Long.parseLong(text)));
    }

    @Test
    void theNewerTextsWin() {
        Alert old = alert("-10", "9", NOW);
        Alert posted = new Alert(
                LABELS,
                LabelSet.of("summary", "changed"),
                old.startsAt().plusSeconds(1),
                old.startsAtOffset(),
                old.endsAt(),
                old.endsAtOffset(),
                NOW,
                "http://other/",
                false);
        Alert merged = AlertMerge.merge(old, posted, NOW);
        assertThat(merged.annotations()).isEqualTo(LabelSet.of("summary", "changed"));
        assertThat(merged.generatorUrl()).isEqualTo("http://other/");
        assertThat(merged.startsAt()).isEqualTo(old.startsAt());
    }

    @Test
    void aReportThatIsOlderThanTheStoredOneOnlyWidensIt() {
        Alert old = alert("-10", "9", NOW.plusSeconds(5));
        Alert posted = alert("-20", "5", NOW);
        Alert merged = AlertMerge.merge(old, posted, NOW);
        assertThat(merged).isEqualTo(alert("-20", "9", NOW.plusSeconds(5)));
    }

    @Test
    void aReSendRetainsNoNewTexts() {
        Alert old = alert("-10", "5", NOW);
        Alert posted = alert("-10", "9", NOW.plusSeconds(60));
        Alert merged = AlertMerge.merge(old, posted, NOW.plusSeconds(60));
        assertThat(merged.labels()).isSameAs(old.labels());
        assertThat(merged.annotations()).isSameAs(old.annotations());
        assertThat(merged.startsAt()).isSameAs(old.startsAt());
    }
}
