package dev.tocsin.api.hub;

import dev.tocsin.api.hub.request.Problem;
import dev.tocsin.api.hub.stream.Wake;
import dev.tocsin.core.metrics.Metrics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The streams that are open: their number is bounded, and they all end when the node stops. Safe for all threads. */
final class Streams {
    /** The most streams at a time. */
    static final int MOST = 1000;

    private static final String STOPS = "the node stops";

    private final Set<Wake> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    Streams(Metrics metrics) {
        metrics.gauge("tocsin_http_streams", "Open streams of events.").labels().set(open::size);
    }

    /** Why there cannot be one more, or null. */
    @Nullable Problem refusal() {
        if (ended) {
            return new Problem(503, "STOPPING", "the node stops; ask another one", List.of());
        }
        return open.size() < MOST
                ? null
                : new Problem(429, "TOO_MANY_STREAMS", "this node serves " + MOST + " streams already");
    }

    void add(Wake wake) {
        open.add(wake);
        if (ended) {
            wake.end(STOPS);
        }
    }

    void remove(Wake wake) {
        open.remove(wake);
    }

    /** Ends all, and those that come later. */
    void end() {
        ended = true;
        open.forEach(wake -> wake.end(STOPS));
    }
}
