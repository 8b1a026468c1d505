package dev.tocsin.app.tracing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes sockets that speak some versions of TLS only. Immutable; safe for all threads. */
final class VersionedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final List<String> versions;

    /** @param versions the JDK's names */
    VersionedSockets(SSLSocketFactory sockets, List<String> versions) {
        this.sockets = sockets;
        this.versions = List.copyOf(versions);
    }

    private Socket bounded(Socket socket) {
        ((SSLSocket) socket).setEnabledProtocols(versions.toArray(String[]::new));
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return bounded(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return bounded(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return bounded(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return bounded(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return bounded(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return bounded(sockets.createSocket(host, port, local, localPort));
    }
}
