package dev.tocsin.api.v2;

/**
 * What the status says of the program (contract section 7.4). amtool compares {@code version} with its own, so it is the
 * version of Alertmanager whose interface this is; Tocsin's own version stands in {@code revision}.
 *
 * @param version the compatible version, three numbers
 * @param revision such as {@code tocsin-0.1.0}
 * @param branch such as {@code tocsin}
 * @param buildUser may be empty
 * @param buildDate may be empty
 * @param runtime the version of the Java runtime, in the place of Go's
 */
public record VersionInfo(
        String version, String revision, String branch, String buildUser, String buildDate, String runtime) {
    /** The version of Alertmanager that the interfaces follow. */
    public static final String COMPATIBLE_VERSION = "0.34.0";
}
