package dev.tocsin.core.config;

/**
 * A secret that is either written in the configuration or read from a file when it is needed.
 *
 * @param inline the secret itself; empty if it is in a file or not set
 * @param file the path of the file, relative to the working folder; empty if there is none
 */
public record SecretSource(Secret inline, String file) {
    /** Neither. */
    public static final SecretSource NONE = new SecretSource(Secret.NONE, "");

    /** Whether one of the two is given. */
    public boolean isSet() {
        return !inline.isEmpty() || !file.isEmpty();
    }

    /** Whether both are given, which is refused wherever it can be written. */
    public boolean isAmbiguous() {
        return !inline.isEmpty() && !file.isEmpty();
    }
}
