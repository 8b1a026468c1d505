package dev.tocsin.core.log;

import dev.tocsin.core.notify.ReceiverValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything the log knows about one key. Immutable: each change is a new state.
 *
 * <p>{@link #mergeEntry} and {@link #addMaybe} are joins: whatever order, grouping or repetition the same entries and
 * maybes arrive in, the same heads and maybes remain. That is what lets nodes that were cut off from each other agree
 * again without talking about who was right.
 *
 * @param heads accepted notifications that no other one known here was sent in knowledge of; the highest (sequence, time,
 *     replica) first. One in quiet times, several after a partition
 * @param maybes claims that ended without anyone knowing whether the receiver accepted, and that no head was sent in
 *     knowledge of; the lowest sequence first, at most {@link #MAX_MAYBES}
 * @param intents claims of this node that are being sent now; a restart turns them into maybes
 * @param refused what was sent last and certainly not accepted; null if nothing was that the heads were sent in ignorance
 *     of. Its number is used up all the same, unless the same is told again; and whoever still takes it for a claim of
 *     unknown outcome, a peer that was out of reach or has only now started, can be told better
 * @param folded what the maybes that had to make room knew of
 * @param floor the highest sequence that an entry used; 0 if there is none
 * @param floorUntil when the floor is forgotten
 */
public record KeyState(
        List<LogEntry> heads,
        List<ClaimContent> maybes,
        List<ClaimContent> intents,
        @Nullable ClaimContent refused,
        VersionVector folded,
        long floor,
        Instant floorUntil) {

    /** A key without history. */
    public static final KeyState EMPTY =
            new KeyState(List.of(), List.of(), List.of(), null, VersionVector.EMPTY, 0, Instant.EPOCH);

    /** More maybes than this are not kept: the oldest makes room. */
    public static final int MAX_MAYBES = 6;

    /**
     * How long at least a sequence is remembered. Longer than entries live, so that a receiver which remembers last
     * week's idempotency key does not take today's page for a copy.
     */
    static final Duration SEQUENCE_RETENTION = Duration.ofDays(2);

    private static final long SEQUENCES_PER_HOUR = 4096;

    /** Copies the lists. */
    public KeyState {
        heads = List.copyOf(heads);
        maybes = List.copyOf(maybes);
        intents = List.copyOf(intents);
    }

    /** Joins an accepted notification; what its author knew of counts no more. */
    public KeyState mergeEntry(LogEntry entry) {
        for (LogEntry head : heads) {
            if (entry.version().atMost(head.version())) {
                return this;
            }
        }
        List<LogEntry> newHeads = without(heads, head -> head.version().atMost(entry.version()));
        newHeads.add(entry);
        newHeads.sort(LogEntry.BEST_FIRST);
        return new KeyState(
                newHeads,
                without(maybes, maybe -> maybe.version().atMost(entry.version())),
                without(intents, intent -> intent.version().atMost(entry.version())),
                refused == null || refused.version().atMost(entry.version()) ? null : refused,
                folded.atMost(entry.version()) ? VersionVector.EMPTY : folded,
                Math.max(floor, entry.sequence()),
                later(floorUntil, later(entry.expiresAt(), entry.sentAt().plus(SEQUENCE_RETENTION))));
    }

    /** Joins a claim of unknown outcome; it is no intent any more. */
    public KeyState addMaybe(ClaimContent maybe) {
        List<ClaimContent> stillIntents = without(intents, intent -> intent.id().equals(maybe.id()));
        if (knows(maybe)) {
            return stillIntents.size() == intents.size()
                    ? this
                    : new KeyState(heads, maybes, stillIntents, refused, folded, floor, floorUntil);
        }
        List<ClaimContent> newMaybes = new ArrayList<>(maybes);
        newMaybes.add(maybe);
        newMaybes.sort(ClaimContent.OLDEST_FIRST);
        VersionVector newFolded = folded;
        while (newMaybes.size() > MAX_MAYBES) {
            newFolded = newFolded.join(newMaybes.removeFirst().version());
        }
        return new KeyState(heads, newMaybes, stillIntents, refused, newFolded, floor, floorUntil);
    }

    private boolean knows(ClaimContent maybe) {
        if (maybe.version().atMost(folded) || (refused != null && refused.id().equals(maybe.id()))) {
            return true;
        }
        for (ClaimContent known : maybes) {
            if (known.id().equals(maybe.id())) {
                return true;
            }
        }
        return isCovered(maybe);
    }

    /** Whether a head was sent in knowledge of the claim. */
    private boolean isCovered(ClaimContent claim) {
        for (LogEntry head : heads) {
            if (claim.version().atMost(head.version())) {
                return true;
            }
        }
        return false;
    }

    /** Remembers that this node is about to send. */
    public KeyState intend(ClaimContent intent) {
        List<ClaimContent> newIntents = without(intents, known -> known.id().equals(intent.id()));
        newIntents.add(intent);
        return new KeyState(heads, maybes, newIntents, refused, folded, floor, floorUntil);
    }

    /** Forgets an intent that certainly led to nothing, but for its number. */
    public KeyState withdraw(ClaimId id) {
        KeyState state = new KeyState(
                heads, maybes, without(intents, intent -> intent.id().equals(id)), refused, folded, floor, floorUntil);
        for (ClaimContent intent : intents) {
            state = intent.id().equals(id) ? state.refuse(intent) : state;
        }
        return state;
    }

    /** Remembers what was sent, by whichever node, and certainly not accepted: its outcome is known now. */
    public KeyState refuse(ClaimContent content) {
        boolean isOld = isCovered(content) || (refused != null && refused.sequence() > content.sequence());
        List<ClaimContent> stillMaybes = without(maybes, maybe -> maybe.id().equals(content.id()));
        return isOld && stillMaybes.size() == maybes.size()
                ? this
                : new KeyState(heads, stillMaybes, intents, isOld ? refused : content, folded, floor, floorUntil);
    }

    /** Joins what is left of a key's past besides entries and claims. */
    KeyState raiseFloor(long otherFloor, Instant otherUntil, VersionVector otherFolded) {
        return new KeyState(
                heads,
                maybes,
                intents,
                refused,
                folded.join(otherFolded),
                Math.max(floor, otherFloor),
                later(floorUntil, otherUntil));
    }

    /** Turns all intents into maybes: the node that made them has restarted. */
    public KeyState abandonIntents() {
        KeyState state = this;
        for (ClaimContent intent : intents) {
            state = state.addMaybe(intent);
        }
        return state;
    }

    private boolean hasExpired(Instant now) {
        for (LogEntry head : heads) {
            if (!head.expiresAt().isAfter(now)) {
                return true;
            }
        }
        for (ClaimContent maybe : maybes) {
            if (!maybe.expiresAt().isAfter(now)) {
                return true;
            }
        }
        return refused != null && !refused.expiresAt().isAfter(now);
    }

    /** What is left at {@code now}; this same state if nothing has expired. */
    public KeyState at(Instant now) {
        boolean floorGone = floor != 0 && !floorUntil.isAfter(now);
        if (!floorGone && !hasExpired(now)) {
            return this;
        }
        long newFloor = floorGone ? 0 : floor;
        Instant newUntil = floorGone ? Instant.EPOCH : floorUntil;
        for (ClaimContent maybe : maybes) {
            Instant until = later(maybe.expiresAt(), maybe.since().plus(SEQUENCE_RETENTION));
            if (!maybe.expiresAt().isAfter(now) && until.isAfter(now)) {
                newFloor = Math.max(newFloor, maybe.sequence());
                newUntil = later(newUntil, until);
            }
        }
        List<ClaimContent> newMaybes =
                without(maybes, maybe -> !maybe.expiresAt().isAfter(now));
        return new KeyState(
                without(heads, head -> !head.expiresAt().isAfter(now)),
                newMaybes,
                intents,
                refused != null && refused.expiresAt().isAfter(now) ? refused : null,
                newMaybes.isEmpty() ? VersionVector.EMPTY : folded,
                newFloor,
                newUntil);
    }

    /** Whether there is nothing left to remember. */
    public boolean isForgotten() {
        return heads.isEmpty() && maybes.isEmpty() && intents.isEmpty() && refused == null && floor == 0;
    }

    /**
     * The number for a notification about these alerts. A notification that a maybe may have told already gets the number
     * of that maybe, so that both have one idempotency key; so does one that was refused before and is told again. Any
     * other gets a higher number than all that were sent.
     *
     * @param now the wall clock; a key without history starts at a number that grows with it
     */
    public long nextSequence(AlertHashes firing, AlertHashes resolved, Instant now) {
        long top = refused == null ? 0 : refused.sequence();
        if (!maybes.isEmpty()) {
            top = Math.max(top, maybes.getLast().sequence());
        }
        long base = floor + 1;
        if (floor == 0) {
            base = top == 0 ? Math.floorDiv(now.getEpochSecond(), 3600L) * SEQUENCES_PER_HOUR : top;
        }
        if (top < base) {
            return base;
        }
        boolean tellsOther = refused != null && refused.sequence() == top && !refused.tells(firing, resolved);
        for (ClaimContent maybe : maybes) {
            tellsOther |= maybe.sequence() == top && !maybe.tells(firing, resolved);
        }
        return tellsOther ? top + 1 : top;
    }

    /** What a claim made now knows of, itself not included. */
    public VersionVector known() {
        VersionVector known = folded;
        for (LogEntry head : heads) {
            known = known.join(head.version());
        }
        for (ClaimContent maybe : maybes) {
            known = known.join(maybe.version());
        }
        return known;
    }

    /** Whether whatever is sent next may repeat something that the receiver has accepted. */
    public boolean uncertain() {
        return !maybes.isEmpty() || heads.size() > 1 || !folded.isEmpty();
    }

    /** What the integration stored with the best head; empty if there is none. */
    public Map<String, ReceiverValue> receiverData() {
        return heads.isEmpty() ? Map.of() : heads.getFirst().receiverData();
    }

    /** Whether a head or a maybe says that the receiver knows the alert with this hash to fire. */
    public boolean listsFiring(long alertHash) {
        for (LogEntry head : heads) {
            if (head.firing().contains(alertHash)) {
                return true;
            }
        }
        for (ClaimContent maybe : maybes) {
            if (maybe.firing().contains(alertHash)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> without(List<T> all, Predicate<T> leaves) {
        List<T> kept = new ArrayList<>(all.size() + 1);
        for (T one : all) {
            if (!leaves.test(one)) {
                kept.add(one);
            }
        }
        return kept;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
