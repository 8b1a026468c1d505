package dev.tocsin.cluster.protocol;

import dev.tocsin.cluster.proto.Envelope;
import java.util.ArrayList;
import java.util.List;

/**
 * One node's side of the protocol: hands what the transport hears to the parts, in their order, and acknowledges what a
 * part has taken. Used on the hub loop only.
 */
public final class ClusterNode implements Transport.Listener {
    private final ClusterContext context;
    private final MemberTable members;
    private final OutboxCourier courier;
    private List<Part> parts;
    private boolean stopped;

    /**
     * Does nothing before {@link #start}.
     *
     * @param others all parts besides members and courier
     */
    public ClusterNode(ClusterContext context, MemberTable members, OutboxCourier courier, List<Part> others) {
        this.context = context;
        this.members = members;
        this.courier = courier;
        List<Part> all = new ArrayList<>();
        all.add(members);
        all.add(courier);
        all.addAll(others);
        this.parts = List.copyOf(all);
    }

    /** Looks for peers from now on. */
    public void start() {
        context.transport().start(this);
        members.start();
    }

    /** Hears only of members and of what they have: nothing is taken into the hub any more. */
    public void takeNothing() {
        parts = List.of(members, courier);
    }

    /** Says and hears nothing any more. The transport stays open. */
    public void stop() {
        stopped = true;
        members.stop();
        courier.stop();
    }

    @Override
    public void connected(String peer) {
        if (!stopped) {
            members.connected(peer);
        }
    }

    @Override
    public void disconnected(String peer) {
        if (!stopped) {
            members.disconnected(peer);
        }
    }

    @Override
    public void refused(String peer) {
        if (!stopped) {
            members.refused(peer);
        }
    }

    @Override
    public void unanswered(String peer) {
        if (!stopped) {
            members.unanswered(peer);
        }
    }

    @Override
    public void received(String peer, Envelope message) {
        if (stopped) {
            return;
        }
        boolean believed = members.heard(peer);
        if (message.getBodyCase() == Envelope.BodyCase.BODY_NOT_SET) {
            courier.taken(peer, message); // of a later version: to be told again would not help
            return;
        }
        for (Part part : believed ? parts : List.<Part>of(members, courier)) {
            if (part.take(peer, message)) {
                courier.taken(peer, message);
                return;
            }
        }
    }
}
