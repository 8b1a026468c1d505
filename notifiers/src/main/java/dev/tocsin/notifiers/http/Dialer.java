package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.tls.TlsException;
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

    Dialer(Names names, TlsConfig config, Map<String, String> environment) throws NotifierBuildException {
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
