package dev.tocsin.app.flag;

import java.util.Optional;
import java.util.function.Function;

/**
 * One long flag.
 *
 * @param name without dashes, such as {@code config.file}
 * @param kind what follows it
 * @param defaultText the value when the flag is absent, as text; empty for none
 * @param help one sentence for {@code --help}
 * @param check the text's error, or empty if the text is a value of the flag
 */
public record Flag(String name, Kind kind, String defaultText, String help, Function<String, Optional<String>> check) {
    /** What follows a flag. */
    public enum Kind {
        /** Nothing: the flag or its {@code --no-} form is the value. */
        SWITCH,
        /** One value; the flag may stand once. */
        VALUE,
        /** One value each; the flag may stand often. */
        LIST
    }
}
