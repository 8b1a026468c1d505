package dev.tocsin.notifiers.http.connection;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.ProxyConfig;
import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.message.HeaderFields;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.proxy.Proxies;
import dev.tocsin.notifiers.http.proxy.Route;
import dev.tocsin.notifiers.http.socket.Names;
import dev.tocsin.notifiers.http.socket.TlsClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests over pooled connections, directly or through a proxy; knows nothing of credentials and redirects.
 * Blocks; interruption of a virtual thread ends it. Safe for all threads.
 */
public final class Transport {
    private final Proxies proxies;
    private final TlsClient tls;
    private final Connector connector;
    private final String userAgent;
    private final ConnectionPool pool = new ConnectionPool();
    private volatile @Nullable SSLContext lastContext;

    /**
     * Opens and loads nothing yet.
     *
     * @param environment the process environment, for proxies and {@code SSL_CERT_FILE}
     * @throws InvalidValueException if a proxy has a scheme that nobody speaks
     */
    public Transport(TlsConfig tls, ProxyConfig proxy, Names names, Map<String, String> environment, String userAgent)
            throws InvalidValueException {
        this.proxies = new Proxies(proxy, environment);
        this.tls = new TlsClient(tls, environment);
        this.connector = new Connector(names, this.tls, proxy.connectHeader(), userAgent);
        this.userAgent = userAgent;
    }

    /** Loads the TLS files. */
    public void check() throws TlsException {
        tls.check();
    }

    /**
     * Sends one request.
     *
     * @param fields all headers but {@code Host}, {@code User-Agent} and {@code Content-Length}, in any order
     * @param millis how much time there is for dialling
     */
    public OutboundResult.Answer send(
            OutboundRequest request,
            List<HttpField> fields,
            ConnectionMetrics.Dialer dialer,
            Progress progress,
            long millis)
            throws TransportException, InterruptedException {
        Url url = request.url();
        Route route = proxies.route(url);
        List<HttpField> all = new ArrayList<>(fields);
        Url proxy = route.proxy();
        if (route.absoluteForm() && proxy != null && proxy.username() != null) {
            all.add(Connector.proxyAuthorization(proxy));
        }
        boolean bodyExpected =
                !request.method().equals("GET") && !request.method().equals("HEAD");
        int length = bodyExpected || request.body().length > 0 ? request.body().length : -1;
        List<HttpField> ordered = HeaderFields.ordered(host(url, route), userAgent, length, all);
        String target = route.absoluteForm() ? url.scheme() + "://" + host(url, route) + path(url) : path(url);
        if (route.tls()) {
            dropConnectionsOfOldCertificates();
        }
        Connection connection = pool.acquire(route);
        try {
            if (connection == null) {
                connection = connector.open(route, dialer, millis);
            }
            return connection.exchange(request.method(), target, ordered, request.body(), progress);
        } finally {
            pool.giveBack(route, connection);
        }
    }

    private void dropConnectionsOfOldCertificates() throws TransportException {
        SSLContext now = tls.context();
        if (!now.equals(lastContext)) { // contexts are only equal to themselves
            lastContext = now;
            pool.closeIdle(connection -> connection.tls() != null && !now.equals(connection.tls()));
        }
    }

    /** Host and port as they are written; only names in other scripts change. */
    private static String host(Url url, Route route) {
        String host = url.host();
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80) {
                return url.host().endsWith(":" + route.server().port())
                        ? route.server().toString()
                        : route.server().host();
            }
        }
        return host.endsWith(":") ? host.substring(0, host.length() - 1) : host;
    }

    private static String path(Url url) {
        String suffix = url.suffix();
        int hash = suffix.indexOf('#');
        String query = hash < 0 ? suffix : suffix.substring(0, hash);
        return (url.path().isEmpty() ? "/" : url.path()) + query.replace(" ", "%20");
    }

    /** Closes the connections that are kept, and those in use as they are given back. */
    public void close() {
        pool.close();
    }

    /** How many connections are kept. */
    public int idleConnections() {
        return pool.idle();
    }
}
