package dev.tocsin.cluster;

import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NodeNames;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.runtime.Clock;
import java.time.Duration;

/**
 * Writes down what this node learns of notifications of others, so that it can still tell when the sender is dead. Used on
 * the hub loop only.
 */
final class LearnedNews implements NotificationLog.Listener {
    /** A node that was away learns of everything at once; what is older than this the others tell. */
    private static final Duration OLD = Duration.ofHours(1);

    private final Journal journal;
    private final Clock clock;
    private final NodeNames names;

    LearnedNews(Journal journal, Clock clock, NodeNames names) {
        this.journal = journal;
        this.clock = clock;
        this.names = names;
    }

    @Override
    public void merged(LogEntry entry) {
        if (entry.sentAt().isBefore(clock.now().minus(OLD))) {
            return;
        }
        journal.append(new NotificationEvent.Learned(
                destination(entry.key()),
                entry.sequence(),
                entry.idempotencyKey(),
                names.nameOf(entry.node()),
                entry.sentAt(),
                entry.firing(),
                entry.resolved(),
                entry.marked()));
    }

    @Override
    public void merged(ClaimContent maybe) {
        journal.append(new NotificationEvent.Unsure(
                destination(maybe.key()),
                maybe.sequence(),
                names.nameOf(maybe.id().node()),
                maybe.since()));
    }

    private static NotificationEvent.Destination destination(LogKey key) {
        return new NotificationEvent.Destination(
                key.groupKey(), key.receiver(), key.integration() + "[" + key.index() + "]");
    }
}
