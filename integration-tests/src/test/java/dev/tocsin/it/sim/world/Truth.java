package dev.tocsin.it.sim.world;

import dev.tocsin.core.label.LabelSet;

/** What really is the matter: which alerts fire, whatever anybody knows of it. */
final class Truth {
    private final int alerts;
    private final int groups;
    private long firing;

    /** @param alerts at most 64, spread evenly over the groups */
    Truth(int alerts, int groups) {
        this.alerts = alerts;
        this.groups = groups;
    }

    int alerts() {
        return alerts;
    }

    int groups() {
        return groups;
    }

    /** The alerts that fire, as bits. */
    long firing() {
        return firing;
    }

    void flip(int alert) {
        firing ^= 1L << alert;
    }

    boolean fires(int alert) {
        return (firing >>> alert & 1) == 1;
    }

    int group(int alert) {
        return alert % groups;
    }

    LabelSet labels(int alert) {
        return LabelSet.of("alertname", "Down", "team", "t" + group(alert), "instance", "a" + alert);
    }

    /** The alert with these labels. */
    static int alert(LabelSet labels) {
        return Integer.parseInt(labels.get("instance").substring(1));
    }
}
