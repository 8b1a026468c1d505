package dev.tocsin.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.tocsin.core.label.GoQuote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one line: {@code time=… level=… source=File.java:12 msg=… key=value …}, or as one JSON object
 * with the same keys (contract section 1.6). Logback calls it under the appender's lock.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];
    private static final DateTimeFormatter MILLIS = formatter(3, 3);
    private static final DateTimeFormatter NANOS = formatter(0, 9);

    private final boolean json;

    /** @param json whether lines are JSON objects instead of logfmt */
    public LineEncoder(boolean json) {
        this.json = json;
    }

    private static DateTimeFormatter formatter(int minimum, int maximum) {
        return new DateTimeFormatterBuilder()
                .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, minimum, maximum, true)
                .appendOffset("+HH:MM", "Z")
                .toFormatter(java.util.Locale.ROOT);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder out = new StringBuilder(160);
        if (json) {
            out.append('{');
        }
        Instant at = event.getInstant();
        DateTimeFormatter form = json ? NANOS : MILLIS;
        pair(out, "time", form.format(at.atZone(ZoneId.systemDefault())));
        pair(out, "level", level(event.getLevel()));
        pair(out, "source", source(event));
        pair(out, "msg", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                pair(out, pair.key, pair.value);
            }
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            pair(out, "exception", ThrowableProxyUtil.asString(failure));
        }
        if (json) {
            out.append('}');
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String level(Level level) {
        return level.equals(Level.TRACE) ? "DEBUG" : level.toString();
    }

    private static String source(ILoggingEvent event) {
        StackTraceElement[] callers = event.getCallerData();
        if (callers == null || callers.length == 0) {
            return event.getLoggerName();
        }
        return callers[0].getFileName() + ":" + callers[0].getLineNumber();
    }

    /** In JSON numbers and truth values stay what they are. */
    private void pair(StringBuilder out, String key, @Nullable Object of) {
        String value = String.valueOf(of);
        if (json) {
            if (out.length() > 1) {
                out.append(',');
            }
            JsonText.append(out, key);
            out.append(':');
            if (of instanceof Integer || of instanceof Long || of instanceof Boolean) {
                out.append(value);
            } else {
                JsonText.append(out, value);
            }
            return;
        }
        if (!out.isEmpty()) {
            out.append(' ');
        }
        out.append(key).append('=');
        if (needsQuotes(value)) {
            GoQuote.append(out, value);
        } else {
            out.append(value);
        }
    }

    private static boolean needsQuotes(String value) {
        if (value.isEmpty()) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '"' || c == '=' || c == 0x7f || (c >= 0x80 && c <= 0xa0) || Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
