package dev.tocsin.cluster.protocol;

import dev.tocsin.core.hub.HubStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is who at one instant. Immutable.
 *
 * @param live the nodes that answer, this one included, sorted
 * @param known the nodes that count, this one included, sorted
 * @param dead those of {@code known} whose process is certainly gone, sorted
 */
record MemberView(Set<String> live, Set<String> known, Set<String> dead) {
    /** @param lagNanos how far this node is behind with its work: for so long answers may have come and wait */
    static MemberView of(ClusterContext context, Collection<Member> members, long nowNanos, long lagNanos) {
        Set<String> live = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        Set<String> dead = new TreeSet<>();
        live.add(context.node());
        known.add(context.node());
        long suspect = context.timings().suspect().toNanos() + lagNanos;
        for (Member member : members) {
            if (member.left) {
                continue;
            }
            if (member.connected
                    && member.greeted
                    && !member.clockOff
                    && member.answeredNanos != null
                    && nowNanos - member.answeredNanos <= suspect) {
                live.add(member.name);
                known.addAll(member.knows);
            }
            if (member.info != null) {
                known.add(member.name);
            }
        }
        for (Transport.Peer peer : context.transport().peers()) {
            known.add(peer.name());
        }
        for (Member member : members) {
            if (member.left) {
                known.remove(member.name);
            } else if (known.contains(member.name) && dead(member, context, nowNanos)) {
                dead.add(member.name);
            }
        }
        return new MemberView(live, known, dead);
    }

    /** One refusal counts for as long as a silence would take to be noticed: the next attempt either confirms it or not. */
    static boolean dead(Member member, ClusterContext context, long nowNanos) {
        return !member.connected
                && member.refusedNanos != null
                && nowNanos - member.refusedNanos <= context.timings().suspect().toNanos();
    }

    /** Those of {@code found} that answer, with their addresses, in the same order. */
    List<HubStatus.Peer> answering(List<Transport.Peer> found) {
        List<HubStatus.Peer> answering = new ArrayList<>();
        for (Transport.Peer peer : found) {
            if (live.contains(peer.name())) {
                answering.add(new HubStatus.Peer(peer.name(), peer.address()));
            }
        }
        return List.copyOf(answering);
    }

    /** Those that count, do not answer, and may well run. */
    Set<String> missed() {
        Set<String> missed = new TreeSet<>(known);
        missed.removeAll(live);
        missed.removeAll(dead);
        return missed;
    }

    /** Whether those that answer are more than half of those that count. */
    boolean majority() {
        return 2 * live.size() > known.size();
    }

    /** Whether {@code member} has not been seen for so long that it does not count any more. */
    boolean forgets(Member member, ClusterContext context, long nowNanos) {
        return nowNanos - member.seenNanos > context.timings().known().toNanos();
    }
}
