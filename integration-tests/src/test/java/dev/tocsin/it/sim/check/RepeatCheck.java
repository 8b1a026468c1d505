package dev.tocsin.it.sim.check;

import dev.tocsin.it.sim.history.Happening;
import dev.tocsin.it.sim.history.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** G2 and G3: each change is accepted once; what is repeated all the same is repeated honestly. */
final class RepeatCheck {
    private static final String ONCE =
            "While a strict majority of the known nodes answer each other, each (group, state"
                    + " change, receiver, integration) is accepted once";
    private static final String MARKED = "Of two copies at least one is marked as possible repeat";
    private static final String BOUND = "Each such event repeats a notification at most once per side";
    private static final String SAME_KEY = "They carry the same idempotency key if the content is unchanged and both"
            + " sides stand at the same sequence";
    private static final long TOLERANCE = 3 * Observed.SECOND;

    private final Observed observed;
    private final Exceptions exceptions;
    private final List<Violation> violations = new ArrayList<>();

    RepeatCheck(Observed observed) {
        this.observed = observed;
        this.exceptions = new Exceptions(observed);
    }

    List<Violation> check() {
        observed.byKey().keySet().forEach(this::check);
        return violations;
    }

    private void check(String key) {
        List<Request> copies = new ArrayList<>();
        List<Request> before = new ArrayList<>();
        for (Request next : observed.accepted(key)) {
            Request original = original(before, next);
            if (original == null || exceptions.outcomeLost(original, next.startedAt())) {
                copies = new ArrayList<>(List.of(next));
            } else {
                if (!copies.contains(original)) {
                    copies = new ArrayList<>(List.of(original));
                }
                judge(copies, original, next);
                copies.add(next);
            }
            before.add(next);
        }
    }

    /** Which accepted request this one repeats; null if it is news. */
    private @Nullable Request original(List<Request> all, Request next) {
        List<Request> before = comparable(all, next);
        for (Request one : before) {
            if (one.content().idempotencyKey().equals(next.content().idempotencyKey())) {
                return one;
            }
        }
        // what arrives late says so by its lower number
        Request last = before.stream()
                .filter(one -> one.content().sequence() <= next.content().sequence())
                .max(Comparator.comparingLong((Request one) -> one.content().sequence())
                        .thenComparingLong(Request::acceptedAt))
                .orElse(null);
        return last == null || isNews(last, next) || correctsUnknown(last, next) || correctsOtherSide(last, next)
                ? null
                : last;
    }

    /**
     * Those of {@code before} whose numbers can be compared with that of the next: a node that lost its disk and could ask
     * nobody that knew marks what it tells first, and numbers what follows anew, also when those that knew are back.
     */
    private List<Request> comparable(List<Request> before, Request next) {
        return before.stream()
                .filter(one -> one.node() == next.node() && one.life() == next.life())
                .findFirst()
                .map(first -> before.stream()
                        .filter(one -> !observed.isForgotten(one, next) && !observed.isForgotten(one, first))
                        .toList())
                .orElse(before);
    }

    /** The contract's table, read from the receiver's side. */
    private boolean isNews(Request last, Request next) {
        long firing = next.content().firing();
        long told = last.content().firing();
        if ((firing & ~told) != 0 || (firing == 0 && told != 0)) {
            return true;
        }
        if ((next.content().resolved() & ~last.content().resolved()) != 0) {
            return true;
        }
        return firing != 0 && next.acceptedAt() - last.acceptedAt() >= repeat() - TOLERANCE - clockSteps(last, next);
    }

    /**
     * By how much the sender's clock was put forward meanwhile: it decides by that clock how long ago something was. Whoever
     * has started since, or was not there when it was told, knows that from the others, by theirs.
     */
    private long clockSteps(Request last, Request next) {
        String starts = "n" + (next.node() + 1) + "." + next.life() + " starts";
        boolean isNew = observed.history()
                .all(Happening.Interference.class)
                .anyMatch(one -> one.at() > last.startedAt() && one.what().startsWith(starts));
        long told = Math.max(last.acceptedAt(), last.endedAt());
        boolean isLate = isNew || !observed.reaches(last.node(), told, next.node(), told + Observed.SECOND);
        return observed.history()
                .all(Happening.ClockSet.class)
                .filter(set -> (isLate || set.node() == next.node())
                        && set.at() >= last.startedAt()
                        && set.at() <= next.startedAt())
                .mapToLong(set -> Math.max(0, set.step()))
                .sum();
    }

    private long repeat() {
        return observed.settings().repeatMillis() * Observed.MILLI;
    }

    /**
     * Something else was sent in between of which nobody knew whether it arrived: it was not answered, or its sender died or
     * was cut off before others could know the answer.
     */
    private boolean correctsUnknown(Request last, Request next) {
        return observed.requests(next.content().key()).stream()
                .anyMatch(one -> !one.accepted()
                        && (one.unknown() || exceptions.claimLost(one, next))
                        && !one.content().tellsAs(next.content())
                        && one.startedAt() >= observed.claimedAt(last)
                        && one.startedAt() <= next.startedAt());
    }

    /**
     * After a healing: another node had told something else of which the sender of the last one had not heard, and nobody
     * could know which of the two came last.
     */
    private boolean correctsOtherSide(Request last, Request next) {
        return next.content().marked()
                && observed.accepted(next.content().key()).stream()
                        .anyMatch(other -> other.node() != last.node()
                                && other.acceptedAt() < next.startedAt()
                                && !other.content().tellsAs(next.content())
                                && !observed.reaches(
                                        other.node(),
                                        Math.max(other.acceptedAt(), other.endedAt()),
                                        last.node(),
                                        observed.claimedAt(last)));
    }

    private void judge(List<Request> copies, Request original, Request next) {
        long from = copies.stream().mapToLong(observed::claimedAt).min().orElse(0);
        boolean noMajority = exceptions.majorityLost(from, next.startedAt());
        List<Request> all = new ArrayList<>(copies);
        all.add(next);
        long excused = all.stream().filter(exceptions::of).count();
        String what = next + " repeats " + original;
        if (!noMajority && excused == 0) {
            add("G2", ONCE, next, what);
            return;
        }
        if (all.stream().filter(copy -> !copy.content().marked()).count() > 1) {
            add("G3", MARKED, next, what + ", and neither is marked");
        }
        if (all.size() - 1 > excused + (noMajority ? observed.settings().nodes() - 1 : 0)) {
            add("G3", BOUND, next, what + ", the " + all.size() + "th copy of " + excused + " uncertain ones");
        }
        boolean same = next.content().tellsAs(original.content());
        boolean sameKey =
                next.content().idempotencyKey().equals(original.content().idempotencyKey());
        if (same && !sameKey && !noMajority && sameSide(original, next, from)) {
            add("G3", SAME_KEY, next, what);
        }
    }

    /**
     * Whether the second sender was with the majority all the time, and nothing else was told in between; nor did the first
     * one number anew because its disk had forgotten higher numbers, which the second one may have learned again.
     */
    private boolean sameSide(Request original, Request next, long from) {
        int node = next.node();
        return observed.alwaysAnswers(from, next.startedAt(), topology -> topology.inMajority(node))
                && observed.answering(observed.claimedAt(original)).inMajority(original.node())
                && observed.requests(next.content().key()).stream()
                        .noneMatch(one -> !one.content().tellsAs(next.content())
                                && one.startedAt() >= from
                                && one.startedAt() <= next.startedAt())
                && observed.requests(next.content().key()).stream()
                        .noneMatch(one -> one.startedAt() < original.startedAt()
                                && one.content().sequence()
                                        >= original.content().sequence()
                                && observed.isForgotten(one, original));
    }

    private void add(String guarantee, String sentence, Request next, String what) {
        violations.add(new Violation(
                guarantee,
                sentence,
                next.acceptedAt(),
                Observed.about(next.content().group()),
                what));
    }
}
