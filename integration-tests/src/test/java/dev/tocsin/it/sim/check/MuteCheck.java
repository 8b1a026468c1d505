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
