package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.spi.DefaultLoggingEventBuilder;

class SilenceTextTest {
    private static final class RecordingLine extends DefaultLoggingEventBuilder {
        RecordingLine() {
            super(NOPLogger.NOP_LOGGER, Level.INFO);
        }

        List<KeyValuePair> attributes() {
            return loggingEvent.getKeyValuePairs();
        }
    }

    @Test
    void anEditIsLoggedWithTheAttributesThatAlertmanagerLogs() throws InvalidMatcherException {
        Instant start = Instant.parse("2026-01-02T03:04:05.678Z");
        Silence silence = new Silence(
                "1",
                List.of(List.of(Matcher.equal("a", "b c"), Matcher.of("d", MatchType.REGEXP, "e|f"))),
                start,
                start.plusSeconds(3600),
                start,
                "me",
                "why",
                Map.of(),
                start.plusSeconds(7200));
        RecordingLine line = new RecordingLine();
        SilenceText.log(line, silence);
        assertThat(line.attributes())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly(
                        "component=silences",
                        "Id=1",
                        "CreatedBy=me",
                        "Comment=why",
                        "StartsAt=2026-01-02T03:04:05Z",
                        "EndsAt=2026-01-02T04:04:05Z",
                        "Matchers=a=b c,d=~e|f");
    }
}
