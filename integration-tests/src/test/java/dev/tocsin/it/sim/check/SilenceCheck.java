package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No acknowledged edit of a silence is undone, and in the end all nodes know the same. Of edits that did not know of each
 * other, because they were made on two sides of a cut or before their nodes had met again after it, either may count.
 */
final class SilenceCheck {
    private static final String KEPT = "No acknowledged silence edit is undone";
    private static final String SAME = "In the end all nodes know the same silences";

    private final Observed observed;
    private final List<Violation> violations = new ArrayList<>();

    SilenceCheck(Observed observed) {
        this.observed = observed;
    }

    List<Violation> check() {
        Map<Integer, List<Happening.SilenceAnswered>> acknowledged = new HashMap<>();
        observed.history()
                .all(Happening.SilenceAnswered.class)
                .filter(Happening.SilenceAnswered::stored)
                .forEach(answer -> acknowledged
                        .computeIfAbsent(answer.edit().silence(), silence -> new ArrayList<>())
                        .add(answer));
        Map<Integer, Happening.SilenceAsked> asked = new HashMap<>();
        observed.history().all(Happening.SilenceAsked.class).forEach(edit -> asked.put(edit.silence(), edit));
        Map<Integer, Happening.SilenceSeen> firstSeen = new HashMap<>();
        observed.history().all(Happening.SilenceSeen.class).forEach(seen -> {
            List<Happening.SilenceAnswered> answers = acknowledged.getOrDefault(seen.silence(), List.of());
            if (!answers.isEmpty() && answers.getLast().edit().equals(asked.get(seen.silence()))) {
                check(seen, answers);
            }
            Happening.SilenceSeen first = firstSeen.putIfAbsent(seen.silence(), seen);
            if (first != null && (first.known() != seen.known() || first.active() != seen.active())) {
                add(SAME, seen, seen.text() + ", but " + first.text());
            }
        });
        return violations;
    }

    private void check(Happening.SilenceSeen seen, List<Happening.SilenceAnswered> answers) {
        Happening.SilenceAnswered last = answers.getLast();
        boolean isUndone = last.edit().active() != seen.active()
                && !observed.isLost(last.edit().node(), last.at(), seen.at())
                && answers.stream().noneMatch(one -> one.edit().active() == seen.active() && isUnknownTo(last, one));
        if (isUndone) {
            add(KEPT, seen, seen.text() + ", but " + last.text());
        }
    }

    /** Whether the node that took the last edit cannot have heard of this one. */
    private boolean isUnknownTo(Happening.SilenceAnswered last, Happening.SilenceAnswered one) {
        return !observed.reaches(
                one.edit().node(), one.at(), last.edit().node(), last.edit().at());
    }

    private void add(String sentence, Happening.SilenceSeen seen, String what) {
        violations.add(new Violation("silences", sentence, seen.at(), "silence s" + seen.silence() + " ", what));
    }
}
