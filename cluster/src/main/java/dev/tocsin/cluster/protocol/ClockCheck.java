package dev.tocsin.cluster.protocol;

import dev.tocsin.core.metrics.GaugeFamily;
import java.time.Duration;

/**
 * Whether the clocks of the nodes agree well enough to share a state. All that travels does so as ages, so half a minute
 * does no harm. But a node whose clock is an hour ahead takes every alert that senders let end in a few minutes for
 * resolved, and must not tell that to others. Used on the hub loop only.
 */
final class ClockCheck {
    /** Peers whose clocks differ by more than this are not believed. */
    static final Duration MOST = Duration.ofSeconds(90);

    /** Why a node is cold whose own clock is the wrong one. */
    static final String WRONG = "its clock differs from that of most nodes";

    private final ClusterContext context;
    private final Register register;
    private final MemberReport report;
    private final GaugeFamily offsets;

    ClockCheck(ClusterContext context, Register register, MemberReport report) {
        this.context = context;
        this.register = register;
        this.report = report;
        this.offsets = context.metrics()
                .gauge(
                        "tocsin_cluster_clock_offset_seconds",
                        "How far a connected peer's clock is ahead of this node's; peers beyond 90 s are not believed.",
                        "peer");
    }

    /**
     * The peer's clock read {@code wallMs} a moment ago; 0 if it did not say.
     *
     * @param trip how long ago that was at most
     * @return whether it is believed now and was not before, or the other way round
     */
    boolean read(Member member, long wallMs, Duration trip) {
        if (wallMs == 0) {
            return false;
        }
        member.offset.read(
                wallMs - context.clock().now().toEpochMilli(),
                trip.toMillis(),
                context.clock().nanoTime());
        member.aheadMs = member.offset.aheadMs();
        offsets.labels(member.name).set(member.aheadMs / 1e3);
        boolean off = Math.abs(member.aheadMs) > MOST.toMillis();
        if (off == member.clockOff) {
            return false;
        }
        member.clockOff = off;
        report.clock(member.name, Duration.ofMillis(member.aheadMs), off);
        return true;
    }

    /** The peer is not connected any more. */
    void forget(Member member) {
        offsets.remove(member.name);
    }

    /** Whether more than half of {@code known} agree with each other, and not with this node. */
    boolean isWrong(int known) {
        for (Member one : register.all()) {
            if (isOff(one)) {
                int agreeing = 0;
                for (Member other : register.all()) {
                    agreeing += isOff(other) && Math.abs(one.aheadMs - other.aheadMs) <= MOST.toMillis() ? 1 : 0;
                }
                if (2 * agreeing > known) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOff(Member member) {
        return member.connected && member.clockOff;
    }
}
