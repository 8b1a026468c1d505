package dev.tocsin.core.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says a comparison in one sentence. */
record WhatIfSentence(
        String did,
        int alerts,
        int changed,
        int toldAgain,
        int stopped,
        int started,
        List<Comparison.ReceiverChange> receivers) {
    private static final String NOW = "fire now";
    private static final int NAMED = 3;

    @Override
    public String toString() {
        if (alerts == 0) {
            return did.equals(NOW)
                    ? "No alert fires now, so nobody would notice at once."
                    : "No alert is known that " + did + ".";
        }
        String total = alerts == 1
                ? "the one alert that " + did.replaceFirst("^fire ", "fires ")
                : "the " + alerts + " alerts that " + did;
        if (changed + toldAgain + stopped + started == 0) {
            return "Nothing would change for " + total + ".";
        }
        List<String> parts = new ArrayList<>();
        if (changed > 0) {
            parts.add("of " + total + ", " + changed + " would reach other receivers");
        }
        if (toldAgain > 0) {
            parts.add(toldAgain + " would be told again because they get into other groups");
        }
        if (stopped + started > 0) {
            parts.add(groups(stopped) + " would stop notifying and " + groups(started) + " would start");
        }
        List<Comparison.ReceiverChange> losing = new ArrayList<>(receivers);
        losing.removeIf(one -> one.alertsThen() >= one.alertsNow());
        losing.sort(Comparator.comparingInt(one -> one.alertsThen() - one.alertsNow()));
        for (Comparison.ReceiverChange one : losing.subList(0, Math.min(NAMED, losing.size()))) {
            parts.add(
                    one.alertsThen() == 0
                            ? "receiver " + one.receiver() + " would lose all of its " + one.alertsNow()
                            : "receiver " + one.receiver() + " would lose " + (one.alertsNow() - one.alertsThen())
                                    + " of " + one.alertsNow());
        }
        if (losing.size() > NAMED) {
            parts.add((losing.size() - NAMED) + " more receivers would lose some");
        }
        String text = String.join("; ", parts);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String groups(int count) {
        return count == 1 ? "1 group" : count + " groups";
    }
}
