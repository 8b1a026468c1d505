package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Node;
import java.nio.file.Path;
import java.util.List;

/** Whose processes a cluster is made of. */
public enum Flavor {
    /** The hub of this checkout. */
    TOCSIN,
    /** The newest real Alertmanager, to compare with. */
    ALERTMANAGER;

    /** What {@code -Dflavor=alertmanager} says; Tocsin if it says nothing. */
    public static Flavor chosen() {
        return "alertmanager".equals(System.getProperty("flavor")) ? ALERTMANAGER : TOCSIN;
    }

    /** Starts a process, which need not be ready when this returns. */
    Node launch(List<String> prefix, Path folder, String config, String... flags) {
        return this == TOCSIN
                ? Node.launchTocsin(prefix, folder, config, flags)
                : Node.launchAlertmanager(prefix, folder, config, flags);
    }
}
