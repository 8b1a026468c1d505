package dev.tocsin.core.log;

import dev.tocsin.core.snapshot.NotificationLogSnapshot.Notified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The log as Alertmanager knows it: one entry per key, the later time wins. So that its entries can be joined with ours,
 * their time stands in the version vector as the counter of a node that no Tocsin node is.
 */
final class AlertmanagerEntries {
    private AlertmanagerEntries() {}

    /** What a snapshot tells of {@code states}: the best head of each key that has not expired. */
    static List<Notified> of(Map<LogKey, KeyState> states, Instant now) {
        List<Notified> entries = new ArrayList<>(states.size());
        states.forEach((key, state) -> {
            for (LogEntry head : state.heads()) {
                if (head.expiresAt().isAfter(now)) {
                    entries.add(of(head));
                    break;
                }
            }
        });
        return entries;
    }

    private static Notified of(LogEntry head) {
        LogKey key = head.key();
        return new Notified(
                key.groupKey(),
                key.receiver(),
                key.integration(),
                key.index(),
                head.sentAt(),
                list(head.firing()),
                list(head.resolved()),
                head.receiverData(),
                head.expiresAt());
    }

    private static List<Long> list(AlertHashes hashes) {
        List<Long> list = new ArrayList<>(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            list.add(hashes.get(i));
        }
        return list;
    }

    static LogKey key(Notified notified) {
        return new LogKey(notified.groupKey(), notified.receiver(), notified.integration(), notified.index());
    }

    /**
     * {@code state} with an entry of a snapshot, if it is newer than everything in it: then Alertmanager has run since we
     * did. Our own snapshot tells nothing new.
     */
    static KeyState join(KeyState state, Notified notified) {
        for (LogEntry head : state.heads()) {
            if (!notified.timestamp().isAfter(head.sentAt())) {
                return state;
            }
        }
        for (ClaimContent maybe : state.maybes()) {
            if (!notified.timestamp().isAfter(maybe.since())) {
                return state;
            }
        }
        AlertHashes firing = hashes(notified.firing());
        AlertHashes resolved = hashes(notified.resolved());
        return state.mergeEntry(new LogEntry(
                key(notified),
                state.nextSequence(firing, resolved, notified.timestamp()),
                state.known().with(LogEntry.FOREIGN, micros(notified.timestamp())),
                firing,
                resolved,
                notified.receiverData(),
                notified.timestamp(),
                notified.expiresAt(),
                LogEntry.FOREIGN,
                false));
    }

    private static AlertHashes hashes(List<Long> list) {
        return AlertHashes.of(list.stream().mapToLong(Long::longValue).toArray());
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }
}
