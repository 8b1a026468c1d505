package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.trace.Tracer;
import dev.tocsin.notifiers.http.connection.Dialer;
import dev.tocsin.notifiers.http.socket.HostLookup;
import dev.tocsin.notifiers.http.socket.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares clients between integrations whose {@code http_config} is equal, also across a reload: the new integrations are
 * built before the old ones are closed. Guarded by its own lock.
 */
public final class OutboundClients implements AutoCloseable {
    private final Names names;
    private final Map<String, String> environment;
    private final String userAgent;
    private final Tracer tracer;
    private final Map<HttpClientConfig, Shared> shared = new HashMap<>();

    /** A client and how many integrations hold it. */
    private static final class Shared {
        private final OutboundClient client;
        private int holders;

        private Shared(OutboundClient client) {
            this.client = client;
        }
    }

    /**
     * No clients yet.
     *
     * @param lookup finds hosts, on threads of this object
     * @param environment the process environment, for proxies and {@code SSL_CERT_FILE}
     * @param userAgent sent with every request, such as {@code Alertmanager/0.34.0}
     */
    public OutboundClients(HostLookup lookup, Map<String, String> environment, String userAgent) {
        this(lookup, environment, userAgent, Tracer.NONE);
    }

    /**
     * As {@link #OutboundClients(HostLookup, Map, String)}, for requests that are part of traces.
     *
     * @param tracer knows the span of the thread that sends a request
     */
    public OutboundClients(HostLookup lookup, Map<String, String> environment, String userAgent, Tracer tracer) {
        this.names = new Names(lookup);
        this.environment = Map.copyOf(environment);
        this.userAgent = userAgent;
        this.tracer = tracer;
    }

    /**
     * Opens connections for what is not HTTP.
     *
     * @throws NotifierBuildException if a file that {@code config} names is missing or unusable
     */
    public Dialer dialer(TlsConfig config) throws NotifierBuildException {
        return new Dialer(names, config, environment);
    }

    /** The process environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * The client for {@code config}; {@link #release} must follow.
     *
     * @throws NotifierBuildException if a file that it names is missing or unusable, or it asks for what is not supported
     */
    public synchronized OutboundClient acquire(HttpClientConfig config) throws NotifierBuildException {
        Shared known = shared.get(config);
        if (known == null) {
            known = new Shared(new OutboundClient(config, names, environment, userAgent, tracer));
            shared.put(config, known);
        }
        known.holders++;
        return known.client;
    }

    /** Gives a client back; the last one to do so closes its connections. */
    public synchronized void release(HttpClientConfig config) {
        Shared known = shared.get(config);
        if (known != null && --known.holders == 0) {
            shared.remove(config);
            known.client.close();
        }
    }

    /** Closes all clients. */
    @Override
    public synchronized void close() {
        shared.values().forEach(known -> known.client.close());
        shared.clear();
        names.close();
    }
}
