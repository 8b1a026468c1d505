package dev.tocsin.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The form of log lines (contract section 1.6). */
class LineEncoderTest {
    private static String line(boolean json, String message, @Nullable Object... keysAndValues) {
        LoggingEvent event = new LoggingEvent(
                LineEncoderTest.class.getName(),
                new LoggerContext().getLogger("test"),
                Level.WARN,
                message,
                null,
                new Object[0]);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair((String) keysAndValues[i], keysAndValues[i + 1]));
        }
        return new String(new LineEncoder(json).encode(event), StandardCharsets.UTF_8)
                .replaceFirst("(time\"?[=:]\"?)[^\" ]+", "$1T")
                .replaceFirst("(source\"?[=:]\"?)[^\" ]+", "$1S");
    }

    @Test
    void aLineIsKeysAndValuesQuotedWhereTheyMustBe() {
        assertThat(line(false, "TLS is disabled.", "http2", false, "address", "127.0.0.1:9093", "attempts", 3))
                .isEqualTo("time=T level=WARN source=S msg=\"TLS is disabled.\" http2=false address=127.0.0.1:9093"
                        + " attempts=3\n");
        assertThat(line(false, "a", "empty", "", "quote", "\"", "equals", "a=b", "line", "a\nb"))
                .isEqualTo(
                        "time=T level=WARN source=S msg=a empty=\"\" quote=\"\\\"\" equals=\"a=b\" line=\"a\\nb\"\n");
    }

    @Test
    void inJsonNumbersAndTruthValuesStayWhatTheyAre() {
        assertThat(line(true, "TLS is disabled.", "http2", false, "address", "a:1", "attempts", 3, "text", "3"))
                .isEqualTo("{\"time\":\"T\",\"level\":\"WARN\",\"source\":\"S\",\"msg\":\"TLS is disabled.\","
                        + "\"http2\":false,\"address\":\"a:1\",\"attempts\":3,\"text\":\"3\"}\n");
        assertThat(line(true, "\"\u0001\n", "null", null)).endsWith("\"msg\":\"\\\"\\u0001\\n\",\"null\":\"null\"}\n");
    }
}
