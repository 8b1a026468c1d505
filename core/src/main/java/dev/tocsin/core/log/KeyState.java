package dev.tocsin.core.log;

import dev.tocsin.core.notify.ReceiverValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
 * @param folded what the maybes that had to make room knew of
 * @param floor the highest sequence that an entry used; 0 if there is none
 * @param floorUntil when the floor is forgotten
 */
public record KeyState(
        List<LogEntry> heads,
        List<ClaimContent> maybes,
        List<ClaimContent> intents,
        VersionVector folded,
        long floor,
        Instant floorUntil) {

    /** A key without history. */
    public static final KeyState EMPTY =
            new KeyState(List.of(), List.of(), List.of(), VersionVector.EMPTY, 0, Instant.EPOCH);

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
                    : new KeyState(heads, maybes, stillIntents, folded, floor, floorUntil);
        }
        List<ClaimContent> newMaybes = new ArrayList<>(maybes);
        newMaybes.add(maybe);
        newMaybes.sort(ClaimContent.OLDEST_FIRST);
        VersionVector newFolded = folded;
        while (newMaybes.size() > MAX_MAYBES) {
            newFolded = newFolded.join(newMaybes.removeFirst().version());
        }
        return new KeyState(heads, newMaybes, stillIntents, newFolded, floor, floorUntil);
    }

    private boolean knows(ClaimContent maybe) {
        if (maybe.version().atMost(folded)) {
            return true;
        }
        for (LogEntry head : heads) {
            if (maybe.version().atMost(head.version())) {
                return true;
            }
        }
        return maybes.stream().anyMatch(known -> known.id().equals(maybe.id()));
    }

    /** Remembers that this node is about to send. */
    public KeyState intend(ClaimContent intent) {
        List<ClaimContent> newIntents = without(intents, known -> known.id().equals(intent.id()));
        newIntents.add(intent);
        return new KeyState(heads, maybes, newIntents, folded, floor, floorUntil);
    }

    /** Forgets an intent that certainly led to nothing. */
    public KeyState withdraw(ClaimId id) {
        return new KeyState(
                heads, maybes, without(intents, intent -> intent.id().equals(id)), folded, floor, floorUntil);
    }

    /** Joins what is left of a key's past besides entries and claims. */
    KeyState raiseFloor(long otherFloor, Instant otherUntil, VersionVector otherFolded) {
        return new KeyState(
                heads,
                maybes,
                intents,
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
        return false;
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
                newMaybes.isEmpty() ? VersionVector.EMPTY : folded,
                newFloor,
                newUntil);
    }

    /** Whether there is nothing left to remember. */
    public boolean isForgotten() {
        return heads.isEmpty() && maybes.isEmpty() && intents.isEmpty() && floor == 0;
    }

    /**
     * The number for a notification about these alerts. A notification that a maybe may have told already gets the number
     * of that maybe, so that both have one idempotency key.
     *
     * @param now the wall clock; a key without history starts at a number that grows with it
     */
    public long nextSequence(AlertHashes firing, AlertHashes resolved, Instant now) {
        long base = floor + 1;
        if (floor == 0) {
            base = maybes.isEmpty()
                    ? Math.floorDiv(now.getEpochSecond(), 3600L) * SEQUENCES_PER_HOUR
                    : maybes.getFirst().sequence();
        }
        if (maybes.isEmpty() || maybes.getLast().sequence() < base) {
            return base;
        }
        long top = maybes.getLast().sequence();
        for (ClaimContent maybe : maybes) {
            if (maybe.sequence() == top && !maybe.tells(firing, resolved)) {
                return top + 1;
            }
        }
        return top;
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
        return heads.stream().anyMatch(head -> head.firing().contains(alertHash))
                || maybes.stream().anyMatch(maybe -> maybe.firing().contains(alertHash));
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
