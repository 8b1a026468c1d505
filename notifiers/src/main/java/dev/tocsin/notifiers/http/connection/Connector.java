package dev.tocsin.notifiers.http.connection;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.message.HeaderFields;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.message.Userinfo;
import dev.tocsin.notifiers.http.proxy.Route;
import dev.tocsin.notifiers.http.proxy.Socks5;
import dev.tocsin.notifiers.http.proxy.Tunnel;
import dev.tocsin.notifiers.http.socket.GoErrors;
import dev.tocsin.notifiers.http.socket.HostPort;
import dev.tocsin.notifiers.http.socket.Names;
import dev.tocsin.notifiers.http.socket.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: finds the address, dials, goes through the proxy, talks TLS. Every step can be interrupted on a virtual
 * thread, which closes the socket. Safe for all threads.
 */
final class Connector {
    /** The least that one of several addresses gets, so that a dead one does not use up the time of the next. */
    private static final int DIAL_MILLIS = 2_000;

    private static final int PROXY_ANSWER_MILLIS = 60_000;

    private final Names names;
    private final TlsClient tls;
    private final Map<String, List<Secret>> connectHeader;
    private final String userAgent;

    Connector(Names names, TlsClient tls, Map<String, List<Secret>> connectHeader, String userAgent) {
        this.names = names;
        this.tls = tls;
        this.connectHeader = connectHeader;
        this.userAgent = userAgent;
    }

    /**
     * Opens a connection.
     *
     * @param millis how much time there is for dialling
     * @throws TransportException if that fails; no byte of a request has gone out then
     */
    Connection open(Route route, ConnectionMetrics.Dialer dialer, long millis)
            throws TransportException, InterruptedException {
        Url proxy = route.proxy();
        Socket socket = dial(proxy == null ? route.server() : HostPort.of(proxy), proxy, dialer, millis);
        try {
            return secured(route, proxy, socket, dialer);
        } catch (IOException | RuntimeException e) {
            closeQuietly(socket);
            dialer.closed();
            throw e instanceof TransportException known
                    ? known
                    : TransportException.unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Connection secured(Route route, @Nullable Url proxy, Socket dialled, ConnectionMetrics.Dialer dialer)
            throws IOException {
        Socket socket = dialled;
        if (proxy != null) {
            switch (proxy.scheme()) {
                case "socks5", "socks5h" -> Socks5.connect(socket, proxy, route.server());
                case "https" -> {
                    try {
                        socket = tls.handshake(tls.context(), socket, HostPort.of(proxy));
                    } catch (TransportException e) {
                        throw e.within("proxyconnect tcp: ");
                    }
                    if (route.tls()) {
                        tunnel(socket, proxy, route.server());
                    }
                }
                default -> {
                    if (route.tls()) {
                        tunnel(socket, proxy, route.server());
                    }
                }
            }
        }
        if (!route.tls()) {
            return socket instanceof SSLSocket toProxy
                    ? new Connection(dialled, toProxy, tls.context(), dialer::closed)
                    : new Connection(socket, null, null, dialer::closed);
        }
        SSLContext context = tls.context();
        SSLSocket secured = tls.handshake(context, socket, route.server());
        return new Connection(dialled, secured, context, dialer::closed);
    }

    /** Asks an HTTP proxy for a way through to {@code server}. */
    private void tunnel(Socket socket, Url proxy, HostPort server) throws IOException {
        List<HttpField> fields = new ArrayList<>();
        fields.add(new HttpField("Host", server.toString()));
        fields.add(new HttpField("User-Agent", userAgent));
        if (proxy.username() != null) {
            fields.add(proxyAuthorization(proxy));
        }
        connectHeader.forEach(
                (name, values) -> values.forEach(value -> fields.add(new HttpField(name, value.reveal()))));
        HeaderFields.check(fields);
        socket.setSoTimeout(PROXY_ANSWER_MILLIS);
        OutboundResult.Answer answer = Tunnel.ask(socket, server, fields);
        socket.setSoTimeout(0);
        if (answer.status() != 200) {
            throw TransportException.unreachable(Tunnel.refusal(answer));
        }
    }

    static HttpField proxyAuthorization(Url proxy) {
        return new HttpField("Proxy-Authorization", Userinfo.basic(Userinfo.username(proxy), Userinfo.password(proxy)));
    }

    /**
     * A connection to {@code target}.
     *
     * @param proxy stands in messages if {@code target} is that proxy
     */
    Socket dial(HostPort target, @Nullable Url proxy, ConnectionMetrics.Dialer dialer, long millis)
            throws TransportException, InterruptedException {
        dialer.attempted();
        List<InetAddress> addresses;
        try {
            addresses = names.find(target.host());
        } catch (TransportException e) {
            dialer.failed("resolution");
            throw named(e, proxy, target);
        }
        TransportException first = null;
        long until = System.nanoTime() + millis * 1_000_000;
        for (int i = 0; i < addresses.size(); i++) {
            long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
            long share = Math.min(left, Math.max(DIAL_MILLIS, left / (addresses.size() - i)));
            InetSocketAddress address = new InetSocketAddress(addresses.get(i), target.port());
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                socket.connect(address, (int) Math.min(share, Integer.MAX_VALUE));
                dialer.established();
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                if (Thread.currentThread().isInterrupted()) {
                    dialer.failed("timeout");
                    throw new InterruptedException();
                }
                if (first == null) {
                    first = TransportException.unreachable(GoErrors.dial(address, e));
                    dialer.failed(GoErrors.dialReason(e));
                }
            }
        }
        throw named(first == null ? TransportException.unreachable("dial tcp: no address") : first, proxy, target);
    }

    /** Go says which proxy it could not reach. */
    private static TransportException named(TransportException e, @Nullable Url proxy, HostPort target) {
        if (proxy == null) {
            return e;
        }
        return e.within(
                proxy.scheme().startsWith("socks") ? "socks connect tcp " + target + ": " : "proxyconnect tcp: ");
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing to be done: the connection is given up.
        }
    }
}
