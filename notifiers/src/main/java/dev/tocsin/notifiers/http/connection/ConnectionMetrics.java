package dev.tocsin.notifiers.http.connection;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.util.List;

/** Counts connections by the integration that asked for them (contract section 9). Safe for all threads. */
public final class ConnectionMetrics {
    private static final List<String> REASONS = List.of("resolution", "refused", "timeout", "unknown");

    private final CounterFamily attempted;
    private final CounterFamily established;
    private final CounterFamily closed;
    private final CounterFamily failed;

    /** Registers the families. */
    public ConnectionMetrics(Metrics metrics) {
        String prefix = "net_conntrack_dialer_conn_";
        attempted = metrics.counter(
                prefix + "attempted_total",
                "Total number of connections attempted by the given dialer a given name.",
                "dialer_name");
        established = metrics.counter(
                prefix + "established_total",
                "Total number of connections successfully established by the given dialer a given name.",
                "dialer_name");
        closed = metrics.counter(
                prefix + "closed_total",
                "Total number of connections closed which originated from the dialer of a given name.",
                "dialer_name");
        failed = metrics.counter(
                prefix + "failed_total",
                "Total number of connections failed to dial by the dialer a given name.",
                "dialer_name",
                "reason");
    }

    /** The counters of one integration, all from zero. */
    public Dialer dialer(String integration) {
        Dialer dialer = new Dialer(integration);
        REASONS.forEach(reason -> failed.labels(integration, reason));
        return dialer;
    }

    /** The counters of one integration. */
    public final class Dialer {
        private final String name;
        private final CounterFamily.Child attempts;
        private final CounterFamily.Child successes;
        private final CounterFamily.Child closings;

        private Dialer(String name) {
            this.name = name;
            this.attempts = attempted.labels(name);
            this.successes = established.labels(name);
            this.closings = closed.labels(name);
        }

        void attempted() {
            attempts.increment();
        }

        void established() {
            successes.increment();
        }

        /** A connection was closed. */
        public void closed() {
            closings.increment();
        }

        void failed(String reason) {
            failed.labels(name, reason).increment();
        }
    }
}
