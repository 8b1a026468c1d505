package dev.tocsin.core.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface ConfigResult {
    /**
     * It is good.
     *
     * @param hash what {@code alertmanager_config_hash} shows: the first six bytes of the MD5 of the file, little-endian
     * @param warnings what an operator should know all the same
     */
    record Loaded(Config config, long hash, List<String> warnings) implements ConfigResult {}

    /**
     * It cannot be used.
     *
     * @param message what is wrong, as Alertmanager words it (contract section 2); can have several lines
     * @param places for each thing that is wrong {@code file:line:column: text}, with what would be right if that can be
     *     guessed; may be empty
     */
    record Refused(String message, List<String> places) implements ConfigResult {
        /** The message and below it the places, without a line feed at the end. */
        public String describe() {
            return places.isEmpty() ? message : message + "\n" + String.join("\n", places);
        }
    }
}
