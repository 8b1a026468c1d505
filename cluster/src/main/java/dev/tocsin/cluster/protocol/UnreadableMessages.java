package dev.tocsin.cluster.protocol;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts messages of peers whose content cannot be read, and says so once a minute for each peer: one of another version
 * sends such messages all the time. Used on the hub loop only. Bounded at {@link Register#MOST} peers.
 */
public final class UnreadableMessages {
    private static final Logger log = LoggerFactory.getLogger(UnreadableMessages.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final CounterFamily.Child all;
    private final Map<String, Long> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > Register.MOST;
        }
    };

    /** Registers the counter. */
    public UnreadableMessages(Metrics metrics, Clock clock) {
        this.clock = clock;
        this.all = metrics.counter(
                        "tocsin_cluster_unusable_messages_total", "Messages of peers whose content could not be read.")
                .labels();
    }

    /** One has come from {@code peer}. */
    public void note(String peer, IOException problem) {
        all.increment();
        long now = clock.nanoTime();
        Long before = told.get(peer);
        if (before == null || now - before >= QUIET_NANOS) {
            told.put(peer, now);
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("peer", peer)
                    .addKeyValue("err", problem.getMessage())
                    .log("A part of what a peer told cannot be read");
        }
    }
}
