package dev.tocsin.app.flag;

import dev.tocsin.core.time.GoDuration;
import dev.tocsin.core.time.InvalidTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Values of flags that were checked when they were parsed.
 *
 * @param values by flag name, defaults included
 */
public record FlagValues(Map<String, List<String>> values) {
    /** All values of a repeatable flag; may be empty. */
    public List<String> list(String name) {
        List<String> list = values.get(name);
        if (list == null) {
            throw new IllegalArgumentException("no flag called " + name);
        }
        return list;
    }

    /** The value of a flag that takes one. */
    public String text(String name) {
        return list(name).getFirst();
    }

    /** A switch. */
    public boolean on(String name) {
        return text(name).equals("true");
    }

    /** A whole number. */
    public long whole(String name) {
        return Long.parseLong(text(name));
    }

    /** A flag's size in bytes. */
    public long bytes(String name) {
        return ByteSize.value(text(name));
    }

    /** A duration. */
    public Duration duration(String name) {
        try {
            return GoDuration.parseFlag(text(name));
        } catch (InvalidTimeException e) {
            throw new IllegalStateException("checked when it was parsed: " + name, e);
        }
    }
}
