package dev.tocsin.cluster.protocol;

import java.time.Duration;
import java.util.Set;

/**
 * Whether this node knows what the others know (PROTOCOL section 7), and whom it could not ask. Written on the hub loop
 * only; any thread may ask {@link #warm} and {@link #wasWarm}.
 */
final class Warmth {
    private final ClusterContext context;
    private final StallWatch stalls;
    private final MemberReport report;
    private volatile boolean warm;
    private volatile boolean clockWrong;
    private Members.Unasked unasked = Members.Unasked.NONE;

    /** The node is cold. */
    Warmth(ClusterContext context, StallWatch stalls, MemberReport report) {
        this.context = context;
        this.stalls = stalls;
        this.report = report;
    }

    /**
     * The node knows as much as it can find out.
     *
     * @return whether it was cold
     */
    boolean gain(Set<String> notAsked) {
        if (warm) {
            return false;
        }
        warm = true;
        unasked = new Members.Unasked(notAsked, context.clock().now());
        report.warm();
        return true;
    }

    /**
     * The loop does something. If it had stood still, the node may have missed what the others know.
     *
     * @return whether it was warm and is not any more
     */
    boolean wake() {
        Duration gap = stalls.wake();
        return gap != null && lose("the node stood still for " + gap.toMillis() + " ms");
    }

    private boolean lose(String why) {
        if (!warm || !context.has(Rule.COLD)) {
            return false;
        }
        warm = false;
        report.cold(why);
        return true;
    }

    /**
     * Most nodes agree with each other on the time and not with this one, or not any more: it is not warm meanwhile.
     *
     * @return whether it was warm and is not any more
     */
    boolean clock(boolean wrong) {
        boolean news = wrong && !clockWrong;
        clockWrong = wrong;
        if (news && !warm) {
            report.cold(ClockCheck.WRONG);
        }
        return news && lose(ClockCheck.WRONG);
    }

    /** Strikes off whom it has met since. */
    void met(Register register, MemberView view) {
        if (!unasked.nodes().isEmpty()) {
            unasked = register.unmet(unasked, view);
        }
    }

    /** Whether it is warm now; a node that stands still is not. */
    boolean warm() {
        return !context.has(Rule.COLD) || (warm && !clockWrong && !stalls.standsStill());
    }

    /** Whether it was warm when it last did something. */
    boolean wasWarm() {
        return warm;
    }

    /** Whether its clock differs from that of most nodes. */
    boolean clockIsWrong() {
        return clockWrong;
    }

    /** Whom it could not ask when it became warm, and has not met since. */
    Members.Unasked unasked() {
        return unasked;
    }
}
