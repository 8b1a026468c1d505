package dev.tocsin.notifiers.http.connection;

import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.notifiers.http.socket.HostPort;
import dev.tocsin.notifiers.http.socket.Names;
import dev.tocsin.notifiers.http.socket.TlsClient;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/**
 * Opens connections for what is not HTTP, with the same names, addresses and certificates. Blocks; an interruption of a
 * virtual thread closes the socket that it waits for. Safe for all threads.
 */
public final class Dialer {
    private final Connector connector;
    private final TlsClient tls;

    /**
     * Opens nothing yet.
     *
     * @param environment the process environment, for {@code SSL_CERT_FILE}
     * @throws NotifierBuildException if a file that {@code config} names is missing or unusable
     */
    public Dialer(Names names, TlsConfig config, Map<String, String> environment) throws NotifierBuildException {
        this.tls = new TlsClient(config, environment);
        this.connector = new Connector(names, tls, Map.of(), "");
        try {
            tls.check();
        } catch (TlsException e) {
            throw new NotifierBuildException("tls_config: " + e.getMessage());
        }
    }

    /**
     * A connection.
     *
     * @param host a name or an address without brackets
     * @param counts the connections
     * @param millis how much time there is
     * @throws IOException if there is none; the message is Go's
     */
    public Socket open(String host, int port, ConnectionMetrics.Dialer counts, long millis)
            throws IOException, InterruptedException {
        return connector.dial(new HostPort(host, port), null, counts, millis);
    }

    /**
     * TLS over a connection.
     *
     * @param host whom the certificate must name, unless the configuration says otherwise
     * @throws IOException if hands were not shaken; the message is Go's
     */
    public Socket secure(Socket socket, String host, int port) throws IOException {
        return tls.handshake(tls.context(), socket, new HostPort(host, port));
    }
}
