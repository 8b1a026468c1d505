package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Passes connections on to a node; can break or stall them. Guarded by its monitor. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final HostAndPort target;
    private final List<Socket> open = new ArrayList<>();
    private boolean stalled;

    Relay(String target) throws IOException {
        this.target = HostAndPort.parse(target);
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket in = server.accept();
                Socket out = new Socket(target.host(), target.port());
                keep(in);
                keep(out);
                Thread.ofVirtual().start(() -> pass(in, out));
                Thread.ofVirtual().start(() -> pass(out, in));
            }
        } catch (IOException e) {
            cut(); // closed
        }
    }

    private synchronized void keep(Socket socket) {
        open.add(socket);
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            // one of the two is gone, and so is the other
        }
    }

    private synchronized void awaitFlow() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    /** Holds back what is sent in either direction; connections can still be made. */
    synchronized void stall(boolean hold) {
        stalled = hold;
        notifyAll();
    }

    /** Breaks all connections. */
    synchronized void cut() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone
            }
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        stall(false);
        server.close();
        cut();
    }
}
