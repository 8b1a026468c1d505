package dev.tocsin.app;

import dev.tocsin.api.v2.VersionInfo;
import java.util.Locale;

/**
 * What this build is. Clients are shown the version of Alertmanager that it is compatible with.
 *
 * @param own Tocsin's version
 */
public record Version(String own) {
    /** The version of Alertmanager whose behaviour this is. */
    public static final String COMPATIBLE = "0.34.0";

    /** The version in the jar's manifest. */
    public static Version ofThisJar() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new Version(version == null ? "development" : version);
    }

    /** The branch shown to clients: it is no branch, but it is where every client shows who answers. */
    public String branch() {
        return "tocsin";
    }

    /** What {@code /api/v2/status} shows. */
    VersionInfo shownToClients() {
        return new VersionInfo(COMPATIBLE, "tocsin-" + own, branch(), "tocsin", "", "java" + Runtime.version());
    }

    /** Six lines, as {@code alertmanager --version} prints. */
    public String text() {
        return """
                alertmanager, version %s (branch: %s, revision: %s)
                  build user:       tocsin
                  build date:       %s
                  go version:       none (Java %s)
                  platform:         %s/%s
                  tags:             tocsin
                """.formatted(
                        COMPATIBLE,
                        branch(),
                        own,
                        "unknown",
                        Runtime.version(),
                        System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
                        System.getProperty("os.arch", ""));
    }
}
