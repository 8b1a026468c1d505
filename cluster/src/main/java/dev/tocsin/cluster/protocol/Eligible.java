package dev.tocsin.cluster.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may flush groups, and what was true when that was found out: each group that becomes due asks, and mostly nothing has
 * changed since. Used on the hub loop only.
 */
final class Eligible {
    private final MemberView view;
    private final boolean own;
    private final List<Member> peers;
    private final List<Members.@Nullable Info> said;
    private final Rendezvous.Candidates nodes;

    private Eligible(
            MemberView view,
            boolean own,
            List<Member> peers,
            List<Members.@Nullable Info> said,
            Rendezvous.Candidates nodes) {
        this.view = view;
        this.own = own;
        this.peers = peers;
        this.said = said;
        this.nodes = nodes;
    }

    static Eligible of(MemberView view, Hellos hellos, Register register) {
        boolean own = hellos.isEligible();
        List<Member> peers = new ArrayList<>();
        List<Members.@Nullable Info> said = new ArrayList<>();
        List<String> nodes = new ArrayList<>();
        for (String node : view.live()) {
            Member member = register.find(node);
            Members.Info info = member == null ? null : member.info;
            if (member != null) {
                peers.add(member);
                said.add(info);
            }
            boolean eligible =
                    member == null ? own && hellos.isOwn(node) : info != null && info.warm() && !info.draining();
            if (eligible) {
                nodes.add(node);
            }
        }
        return new Eligible(view, own, peers, said, new Rendezvous.Candidates(nodes));
    }

    /** Whether it is still true. */
    @SuppressWarnings("ReferenceEquality") // a view, and what a peer says of itself, are replaced and never changed
    boolean isOf(MemberView now, Hellos hellos) {
        if (now != view || hellos.isEligible() != own) {
            return false;
        }
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).info != said.get(i)) {
                return false;
            }
        }
        return true;
    }

    Rendezvous.Candidates nodes() {
        return nodes;
    }
}
