package dev.tocsin.cluster.protocol;

import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.runtime.Clock;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at who is who, again whenever something may have changed, and tells of what has. Written on the hub loop only; any
 * thread may read {@link #view}, {@link #peers} and {@link #otherConfigs}.
 */
final class Lookout {
    private final ClusterContext context;
    private final Clock clock;
    private final Register register;
    private final Hellos hellos;
    private final Warmth warmth;
    private final StallWatch stalls;
    private final ClockCheck clocks;
    private final MemberReport report;
    private final Listeners listeners;
    private volatile MemberView view;
    private volatile List<HubStatus.Peer> peers = List.of();
    private volatile int otherConfigs;
    private Eligible eligible;

    /** Sees whom the register remembers. */
    Lookout(
            ClusterContext context,
            Register register,
            Hellos hellos,
            Warmth warmth,
            StallWatch stalls,
            ClockCheck clocks,
            MemberReport report,
            Listeners listeners) {
        this.context = context;
        this.clock = context.clock();
        this.register = register;
        this.hellos = hellos;
        this.warmth = warmth;
        this.stalls = stalls;
        this.clocks = clocks;
        this.report = report;
        this.listeners = listeners;
        this.view = MemberView.of(context, register.all(), clock.nanoTime(), 0);
        this.eligible = Eligible.of(view, hellos, register);
    }

    /** Looks again at who is who, and tells if something has changed. */
    void refresh() {
        long now = clock.nanoTime();
        MemberView next = MemberView.of(context, register.all(), now, stalls.lagNanos());
        if (next.majority() && register.forget(next, now)) {
            refresh();
            return;
        }
        MemberView before = view;
        view = next;
        if (warmth.clock(clocks.isWrong(next.known().size()))) {
            announce();
        }
        if (!next.equals(before)) {
            report.changed(before, next, register);
            listeners.changed();
        }
        warmth.met(register, next);
        register.found(next);
        if (hellos.hasReturned(next)) {
            announce();
        }
        peers = next.answering(context.transport().peers());
        otherConfigs = register.otherConfigs(next, hellos.own().configHash());
    }

    /** Says to all what this node is now. */
    void announce() {
        hellos.greetAll();
        listeners.changed();
    }

    /** What this node saw last. */
    MemberView view() {
        return view;
    }

    /** The peers that answer, sorted by name, with their addresses; this node left out. */
    List<HubStatus.Peer> peers() {
        return peers;
    }

    /** How many live peers have another configuration than this node. */
    int otherConfigs() {
        return otherConfigs;
    }

    /** Whether a peer is not answered by a node that answers this one. */
    boolean isCutOff(@Nullable Member member) {
        return member != null && !Collections.disjoint(member.misses, view.live());
    }

    /** The live, warm nodes that are not draining, this one included if it is so. */
    Rendezvous.Candidates eligible() {
        Eligible current = eligible;
        if (!current.isOf(view, hellos)) {
            current = Eligible.of(view, hellos, register);
            eligible = current;
        }
        return current.nodes();
    }
}
