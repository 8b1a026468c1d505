package dev.tocsin.core.whatif;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.List;

/**
 * What would change for the alerts that fire. Counts are of all; lists hold the first ones up to the asked limit.
 *
 * @param sentence all of it in one plain sentence
 * @param at the time that both sides are seen at: inhibition, silences and time intervals change by themselves later
 * @param alerts how many alerts fire
 * @param alertsChanged how many of them other receivers would be notified of
 * @param alertsToldAgain how many of the others a receiver would be notified of again, because it gets them in another
 *     group
 * @param groupsStopped how many groups notify and would not
 * @param groupsStarted how many groups do not notify and would
 * @param changedAlerts sorted by their labels
 * @param changedGroups sorted by key and receiver
 * @param receivers those that would be notified of more or fewer alerts, sorted by name
 * @param differences what is written differently, if the candidate is a configuration
 */
public record Comparison(
        String sentence,
        Instant at,
        int alerts,
        int alertsChanged,
        int alertsToldAgain,
        int groupsStopped,
        int groupsStarted,
        List<AlertChange> changedAlerts,
        List<GroupChange> changedGroups,
        List<ReceiverChange> receivers,
        List<ConfigDifference> differences) {
    /** Copies the lists. */
    public Comparison {
        changedAlerts = List.copyOf(changedAlerts);
        changedGroups = List.copyOf(changedGroups);
        receivers = List.copyOf(receivers);
        differences = List.copyOf(differences);
    }

    /**
     * An alert that other receivers would be notified of, or the same ones again.
     *
     * @param lost the receivers that would not be notified of it any more, sorted
     * @param gained the receivers that would be notified of it anew, sorted
     * @param toldAgain the receivers that would get it in another group, sorted
     * @param reason for people
     */
    public record AlertChange(
            long fingerprint,
            LabelSet labels,
            List<String> lost,
            List<String> gained,
            List<String> toldAgain,
            String reason) {
        /** Copies the lists. */
        public AlertChange {
            lost = List.copyOf(lost);
            gained = List.copyOf(gained);
            toldAgain = List.copyOf(toldAgain);
        }
    }

    /**
     * A group that would stop or start to notify.
     *
     * @param notifiesNow whether at least one of its alerts is told now
     * @param wouldNotify whether at least one would be
     * @param alerts how many alerts it has on the side on which it notifies
     */
    public record GroupChange(
            String groupKey, String receiver, boolean notifiesNow, boolean wouldNotify, int alerts, String reason) {}

    /** A receiver that would be notified of more or fewer alerts. */
    public record ReceiverChange(String receiver, int alertsNow, int alertsThen) {}

    /** Whether anything would change for an alert that fires. */
    public boolean hasEffect() {
        return alertsChanged + alertsToldAgain + groupsStopped + groupsStarted > 0;
    }
}
