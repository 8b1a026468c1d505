package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.history.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** G1: what was acknowledged and still fires when its group is due is notified in time. */
final class LossCheck {
    private static final String NO_LOSS = "An alert answered with 200 and acknowledged by half of the other nodes, that"
            + " still fires, unmuted, when its group is due, leads to delivery attempts by some live node";
    private static final String COUNTED = "acknowledged by half of the other nodes (else counted as unreplicated)";
    private static final long BOUND = 5 * Observed.SECOND;
    /** A node that pushes news waits this long for the others. */
    private static final long PUSH = 100 * Observed.MILLI;

    private static final long MINORITY_BOUND = 55 * Observed.SECOND;

    private final Observed observed;
    private final DeliveryCheck delivery;
    private final Muting muting;
    private final List<Violation> violations = new ArrayList<>();
    private final List<Happening> posts;
    private final List<Happening.Interference> disturbances;
    private final List<Happening.Interference> powerCuts;
    private final List<Happening.Interference> stops;

    LossCheck(Observed observed) {
        this.observed = observed;
        this.delivery = new DeliveryCheck(observed);
        this.muting = new Muting(observed);
        this.posts = observed.history().all().stream()
                .filter(one -> one instanceof Happening.Posted || one instanceof Happening.PostAnswered)
                .toList();
        this.disturbances = observed.history()
                .all(Happening.Interference.class)
                .filter(one -> one.what().startsWith("receiver")
                        || one.what().contains("the receivers")
                        || one.what().contains("configuration"))
                .toList();
        this.stops = observed.history()
                .all(Happening.Interference.class)
                .filter(one -> one.what().endsWith(" is told to stop")
                        || one.what().endsWith(" has stopped")
                        || one.what().contains(" starts"))
                .toList();
        this.powerCuts = observed.history()
                .all(Happening.Interference.class)
                .filter(one -> one.what().endsWith(" loses power"))
                .toList();
    }

    List<Violation> check() {
        for (int alert = 0; alert < observed.settings().alerts() - 1; alert++) {
            checkAlert(alert);
        }
        if (observed.settings().clustered()) {
            checkCounts();
        }
        return violations;
    }

    private boolean replicated(Happening.PostAnswered answer, int alert) {
        return isHeld(answer, alert, counted(answer));
    }

    /** Whether half of those have it that this node may count, if it has not heard who is back. */
    private boolean isReplicatedAsFarAsKnown(Happening.PostAnswered answer, int alert) {
        return isHeld(
                answer, alert, counted(answer) - returnedUnheard(answer.post().node(), answer.at()));
    }

    private int counted(Happening.PostAnswered answer) {
        return observed.topology(answer.at()).known() - leaving(answer.at());
    }

    private static boolean isHeld(Happening.PostAnswered answer, int alert, int counted) {
        int others = answer.holders().get(alert) & ~(1 << answer.post().node());
        return Integer.bitCount(others) >= counted / 2;
    }

    /** How many nodes have said goodbye and come back since without this one being able to hear from them that they have. */
    private int returnedUnheard(int node, long at) {
        Map<Integer, Happening.Interference> last = new HashMap<>();
        int unheard = 0;
        for (Happening.Interference one : stops) {
            if (one.at() > at) {
                break;
            }
            int back = node(one);
            Happening.Interference before = last.put(back, one);
            boolean comesBack = one.what().contains(" starts")
                    && before != null
                    && before.what().endsWith(" has stopped");
            unheard += comesBack && back != node && !observed.meets(back, one.at(), node, at) ? 1 : 0;
        }
        return unheard;
    }

    private static int node(Happening.Interference one) {
        return Integer.parseInt(one.what().substring(1, one.what().indexOf('.'))) - 1;
    }

    /** How many nodes have said goodbye and fallen silent before they had gone: they do not count any more. */
    private int leaving(long at) {
        Set<Integer> leaving = new HashSet<>();
        for (Happening.Interference one : stops) {
            int node = node(one);
            if (one.at() > at) {
                break;
            } else if (one.what().endsWith(" is told to stop")) {
                leaving.add(node);
            } else {
                leaving.remove(node);
            }
        }
        leaving.removeIf(node -> observed.topology(at).runs(node));
        return leaving.size();
    }

    /**
     * Re-sends cost no message: only the first answer of an alert that has begun to fire is looked at, and not that of a
     * post which a node that stood still takes up after the alert's end was posted.
     */
    private void checkCounts() {
        long answered = 0;
        long[] over = new long[Long.SIZE];
        for (Happening one : posts) {
            switch (one) {
                case Happening.Posted post -> {
                    answered &= ~post.resolved();
                    for (long left = post.resolved(); left != 0; left &= left - 1) {
                        over[Long.numberOfTrailingZeros(left)] = post.at();
                    }
                }
                case Happening.PostAnswered answer -> {
                    long fresh = answer.post().firing() & ~answered;
                    for (long left = fresh; left != 0; left &= left - 1) {
                        int alert = Long.numberOfTrailingZeros(left);
                        fresh &= over[alert] > answer.post().at() ? ~(1L << alert) : -1L;
                    }
                    answered |= fresh;
                    for (int alert = 0; alert < observed.settings().alerts(); alert++) {
                        boolean isFresh = (fresh >>> alert & 1) == 1;
                        if (isFresh && !isReplicatedAsFarAsKnown(answer, alert) && !isCounted(answer, alert)) {
                            violations.add(new Violation(
                                    "G1",
                                    COUNTED,
                                    answer.at(),
                                    "post " + answer.post().post() + " ",
                                    "a" + alert + " in " + answer.text()));
                        }
                    }
                }
                default -> {}
            }
        }
    }

    /** Whether the node counted it, or the one did that was pushing the same news at that time. */
    private boolean isCounted(Happening.PostAnswered answer, int alert) {
        for (Happening one : posts) {
            if (one instanceof Happening.PostAnswered other
                    && other.unreplicated()
                    && (other.post().firing() >>> alert & 1) == 1
                    && Math.abs(other.post().at() - answer.post().at()) <= PUSH) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the only disks that had it were emptied soon, or all nodes that ran lost power within a second of the answer:
     * before that the disks need not have it.
     */
    private boolean isLost(Happening.PostAnswered answer) {
        if (observed.isLost(answer.post().node(), answer.at(), answer.at() + MINORITY_BOUND)) {
            return true;
        }
        Topology topology = observed.topology(answer.at());
        Set<String> off = new HashSet<>();
        for (Happening.Interference one : powerCuts) {
            if (one.at() >= answer.at() && one.at() <= answer.at() + Observed.SECOND) {
                off.add(one.what().substring(0, one.what().indexOf('.')));
            }
        }
        for (int node = 0; node < observed.settings().nodes(); node++) {
            if (topology.runs(node) && !off.contains("n" + (node + 1))) {
                return false;
            }
        }
        return true;
    }

    private void checkAlert(int alert) {
        long bit = 1L << alert;
        long begin = -1;
        long acknowledged = -1;
        for (Happening one : posts) {
            if (one instanceof Happening.Posted post) {
                if ((post.resolved() & bit) != 0) {
                    judge(alert, begin, acknowledged, post.at());
                    begin = -1;
                    acknowledged = -1;
                } else if ((post.firing() & bit) != 0 && begin < 0) {
                    begin = post.at();
                }
            } else if (one instanceof Happening.PostAnswered answer) {
                boolean counts =
                        (answer.post().firing() & bit) != 0 && answer.post().at() >= begin && begin >= 0;
                if (counts && acknowledged < 0 && replicated(answer, alert) && !isLost(answer)) {
                    acknowledged = answer.at();
                }
            }
        }
        judge(alert, begin, acknowledged, observed.end());
    }

    private void judge(int alert, long begin, long acknowledged, long over) {
        if (acknowledged < 0) {
            return;
        }
        int group = alert % observed.settings().groups();
        List<String> keys = observed.keys(group);
        if (keys.stream().noneMatch(key -> muting.concerns(alert, key))) {
            delivery.check(alert, begin, acknowledged, over, violations);
        }
        for (String key : keys) {
            judge(key, alert, begin, muting.since(alert, key, acknowledged), over);
        }
    }

    /** @param due since when it could be told; -1 if that cannot be said */
    private void judge(String key, int alert, long begin, long due, long over) {
        long deadline = due < 0 ? over : deadline(due);
        if (deadline >= over || !muting.stays(alert, key, due, deadline)) {
            return;
        }
        List<Request> requests = observed.requests(key);
        if (!told(requests, 1L << alert, begin, deadline) && isKnown(believed(requests, begin), deadline)) {
            violations.add(new Violation(
                    "G1",
                    NO_LOSS,
                    deadline,
                    Observed.about(alert % observed.settings().groups()),
                    "a" + alert + ", which fired, was acknowledged and not muted at" + History.seconds(due)
                            + " s, did not lead to an attempt to tell " + key));
        }
    }

    /** An attempt to tell of it, unless the last thing that the receiver was told before is just that. */
    private static boolean told(List<Request> requests, long bit, long begin, long deadline) {
        for (Request request : requests) {
            if (request.startedAt() > deadline) {
                break;
            }
            if (request.startedAt() >= begin && (request.content().firing() & bit) != 0) {
                return true;
            }
        }
        Request believed = believed(requests, begin);
        return believed != null && (believed.content().firing() & bit) != 0;
    }

    /** What the receiver took last of what was sent before; null if nothing. */
    private static @Nullable Request believed(List<Request> requests, long begin) {
        Request believed = null;
        for (Request request : requests) {
            boolean older = request.startedAt() < begin && request.accepted();
            if (older && (believed == null || request.acceptedAt() > believed.acceptedAt())) {
                believed = request;
            }
        }
        return believed;
    }

    /**
     * Whether any node of a majority, or any node if there is none, has heard of it: what the other side of a partition told
     * is corrected after the healing. Nobody has if the disks with the only copies of the outcome are lost.
     */
    private boolean isKnown(@Nullable Request request, long at) {
        Topology topology = observed.topology(at);
        for (int node = 0; request != null && node < observed.settings().nodes(); node++) {
            long told = Math.max(request.acceptedAt(), request.endedAt());
            boolean counts = topology.runs(node) && (topology.inMajority(node) || !topology.hasMajority());
            if (counts
                    && observed.reaches(request.node(), told, node, at)
                    && !observed.isLost(request.node(), told, at)) {
                return true;
            }
        }
        return request == null;
    }

    private long deadline(long acknowledged) {
        long wait = Math.max(
                observed.settings().groupWaitMillis(), observed.settings().groupIntervalMillis());
        long due = acknowledged + (wait + 1_000) * Observed.MILLI;
        Happening.@Nullable Interference last = lastDisturbance(due + BOUND);
        if (last != null && last.at() > acknowledged - 2 * BOUND - wait * Observed.MILLI) {
            long flush = Math.max(10_000, wait) + wait;
            due = Math.max(due, last.at()) + flush * Observed.MILLI;
        }
        long deadline = due + BOUND;
        while (deadline < observed.end()) {
            long change = observed.lastChange(deadline);
            if (change > deadline - BOUND) {
                deadline = change + BOUND;
                continue;
            }
            Topology topology = observed.topology(deadline);
            if (topology.hasWarmMajority()) {
                return deadline;
            }
            long late = Math.max(due, change) + MINORITY_BOUND;
            long next = observed.nextChange(deadline);
            if (late <= next) {
                return topology.runs() ? late : observed.end();
            }
            deadline = next + BOUND;
        }
        return deadline;
    }

    private Happening.@Nullable Interference lastDisturbance(long until) {
        Happening.Interference last = null;
        for (Happening.Interference one : disturbances) {
            if (one.at() <= until) {
                last = one;
            }
        }
        return last;
    }
}
