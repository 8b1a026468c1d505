package dev.tocsin.app.command;

import dev.tocsin.core.whatif.Comparison;
import java.io.PrintStream;

/** Prints what would change: differences, the sentence, then alerts and groups. */
final class ComparisonText {
    private final PrintStream out;

    ComparisonText(PrintStream out) {
        this.out = out;
    }

    void print(Comparison comparison) {
        if (comparison.differences().isEmpty()) {
            out.println("The configurations mean the same.");
        }
        comparison.differences().forEach(out::println);
        out.println(comparison.sentence());
        for (Comparison.AlertChange alert : comparison.changedAlerts()) {
            out.println("  alert " + alert.labels() + ": " + alert.reason());
        }
        more(
                comparison.alertsChanged()
                        + comparison.alertsToldAgain()
                        - comparison.changedAlerts().size(),
                "alert");
        for (Comparison.GroupChange group : comparison.changedGroups()) {
            out.println("  group " + group.groupKey() + " of " + group.receiver()
                    + (group.notifiesNow() ? " would stop notifying: " : " would start notifying: ") + group.reason());
        }
        more(
                comparison.groupsStopped()
                        + comparison.groupsStarted()
                        - comparison.changedGroups().size(),
                "group");
    }

    private void more(int count, String what) {
        if (count > 0) {
            out.println("  and " + count + " more " + what + (count == 1 ? "" : "s"));
        }
    }
}
