package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was silenced when its group was flushed is not told, whichever node took the silence and whichever tells: as long
 * as these nodes could talk to each other and their clocks agree about the silence's beginning.
 */
final class MuteCheck {
    private static final String MUTED = "A silence made on one node is heard by all nodes before it is acknowledged";
    private static final int GOOD_CLOCKS = 100;
    /** Nodes whose ways are good again have heard of each other by then, and wait for each other. */
    private static final long MET = Observed.SECOND;

    private final Observed observed;
    private final long silenced;

    MuteCheck(Observed observed) {
        this.observed = observed;
        this.silenced = 1L << (observed.settings().alerts() - 1);
    }

    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        if (observed.settings().wallSkewMillis() > GOOD_CLOCKS) {
            return violations;
        }
        observed.history()
                .all(Happening.SilenceAnswered.class)
                .filter(this::isUnheard)
                .forEach(one -> violations.add(new Violation(
                        "silences",
                        MUTED,
                        one.at(),
                        "silence s" + one.edit().silence() + " ",
                        one.text() + ", unheard by nodes " + Integer.toBinaryString(one.lacking()))));
        List<Happening.SilenceAnswered> silences = observed.history()
                .all(Happening.SilenceAnswered.class)
                .filter(one -> one.stored() && one.edit().active())
                .toList();
        for (Request request : observed.history().requests()) {
            if ((request.content().firing() & silenced) == 0) {
                continue;
            }
            for (Happening.SilenceAnswered silence : silences) {
                if (mutes(silence, request)) {
                    violations.add(new Violation(
                            "silences",
                            MUTED,
                            request.startedAt(),
                            Observed.about(request.content().group()),
                            request + " although " + silence.text()));
                    break;
                }
            }
        }
        return violations;
    }

    /** Whether an edit was answered although a node lacked it that could be reached all the time. */
    private boolean isUnheard(Happening.SilenceAnswered answer) {
        int told = answer.edit().node();
        for (int node = 0; node < observed.settings().nodes(); node++) {
            int other = node;
            boolean isGood = observed.always(
                    Math.max(0, answer.edit().at() - MET),
                    answer.at(),
                    topology -> topology.clean() && topology.connected(told, other) && topology.allWarm());
            if ((answer.lacking() >>> node & 1) == 1
                    && isGood
                    && observed.settings().clustered()) {
                return true;
            }
        }
        return false;
    }

    private boolean mutes(Happening.SilenceAnswered silence, Request request) {
        long decided = observed.flushedAt(request);
        int told = silence.edit().node();
        Predicate<Topology> good =
                topology -> topology.clean() && topology.connected(told, request.node()) && topology.allWarm();
        return silence.at() + GOOD_CLOCKS * Observed.MILLI < decided
                && !endedBefore(silence, request.startedAt())
                && observed.always(silence.edit().at(), request.startedAt(), good);
    }

    private boolean endedBefore(Happening.SilenceAnswered silence, long at) {
        return observed.history()
                .all(Happening.SilenceAsked.class)
                .anyMatch(edit -> edit.silence() == silence.edit().silence()
                        && edit.version() > silence.edit().version()
                        && edit.at() <= at);
    }
}
