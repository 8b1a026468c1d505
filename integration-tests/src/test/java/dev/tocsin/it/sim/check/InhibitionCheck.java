package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.History;
import dev.tocsin.it.sim.history.Request;
import dev.tocsin.it.sim.world.SimConfigs;
import java.util.ArrayList;
import java.util.List;

/**
 * What was inhibited or muted when its group was flushed is not told: not while the node that tells knew well before that
 * the source fires, nor in the quiet minute by a clock that is right.
 */
final class InhibitionCheck {
    private static final String INHIBITED = "What a firing source inhibits is not told by a node that knows the source";
    private static final String QUIET = "What is muted during an interval is not told in it";

    /** So long before the flush the node had the source. */
    private static final long KNOWN = 100 * Observed.MILLI;

    /** So long it has it at least, whatever its clock and that of the sender. */
    private static final long LASTS = 20 * Observed.SECOND;

    /** Intervals go by the tick of the group, which may be older than the flush of whoever takes the turn of another node. */
    private static final long TURN = 20 * Observed.SECOND;

    private static final int GOOD_CLOCKS = 100;

    private final Observed observed;
    private final List<Violation> violations = new ArrayList<>();
    private final List<Happening.Posted> posts;
    private final List<Happening.PostAnswered> answers;

    InhibitionCheck(Observed observed) {
        this.observed = observed;
        this.posts = observed.history().all(Happening.Posted.class).toList();
        this.answers = observed.history().all(Happening.PostAnswered.class).toList();
    }

    List<Violation> check() {
        if (!observed.settings().traits().isEmpty()) {
            observed.history().requests().forEach(this::check);
        }
        return violations;
    }

    private void check(Request request) {
        long decided = observed.flushedAt(request);
        boolean goodClocks = observed.settings().wallSkewMillis() <= GOOD_CLOCKS;
        if (goodClocks && observed.hasQuietMinute(request.content().key()) && isQuiet(decided)) {
            add(QUIET, request, request + " was decided at" + History.seconds(decided) + " s");
        }
        for (long left = request.content().firing(); left != 0; left &= left - 1) {
            int alert = Long.numberOfTrailingZeros(left);
            int source = observed.settings().inhibitor(alert);
            if (source >= 0 && knew(request, decided, source)) {
                add(INHIBITED, request, request + " tells of a" + alert + ", which a" + source + " inhibits");
            }
        }
    }

    private static boolean isQuiet(long at) {
        return at > (SimConfigs.QUIET_FROM * Observed.SECOND) + TURN
                && at < (SimConfigs.QUIET_UNTIL - 1) * Observed.SECOND;
    }

    /** Whether the sender of a request had the source as firing when it decided, and nobody has said since that it is over. */
    private boolean knew(Request request, long decided, int source) {
        int node = request.node();
        Happening.PostAnswered last = null;
        for (Happening.PostAnswered answer : answers) {
            if (answer.at() + KNOWN <= decided && (answer.post().firing() >>> source & 1) == 1) {
                last = answer;
            }
        }
        if (last == null || last.at() < decided - LASTS || (last.holders().get(source) >>> node & 1) == 0) {
            return false;
        }
        long from = last.post().at();
        return posts.stream()
                        .noneMatch(post -> (post.resolved() >>> source & 1) == 1
                                && post.at() >= from - LASTS
                                && post.at() <= decided)
                && observed.always(from, request.startedAt(), topology -> topology.runs(node))
                && observed.history()
                        .all(Happening.ClockSet.class)
                        .noneMatch(set -> set.node() == node && set.at() >= from - LASTS && set.at() <= decided);
    }

    private void add(String sentence, Request request, String what) {
        violations.add(new Violation(
                "mutes",
                sentence,
                request.startedAt(),
                Observed.about(request.content().group()),
                what));
    }
}
