package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of loopback that passes connections on to another one: it can hold back what is sent, as a network does that
 * loses everything, be slow, and break connections. Guarded by its monitor; a thread a direction of a connection.
 */
final class Relay implements AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;

    private final ServerSocket server;
    private final List<Socket> open = new ArrayList<>();
    private int target;
    private boolean held;
    private Duration delay = Duration.ZERO;

    /** Listens on a free port; leads nowhere yet. */
    Relay() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where to connect to. */
    int port() {
        return server.getLocalPort();
    }

    /** Connections lead to this port of loopback from now on. */
    synchronized void leadTo(int port) {
        target = port;
    }

    /** Holds back what is sent in either direction, new connections included, or lets it go on. */
    synchronized void hold(boolean stop) {
        held = stop;
        notifyAll();
    }

    /** Each piece that arrives waits so long from now on. */
    synchronized void delay(Duration each) {
        delay = each;
    }

    private synchronized Duration awaitFlow() throws InterruptedException {
        while (held) {
            wait();
        }
        return delay;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket in = server.accept();
                keep(in);
                Thread.ofVirtual().start(() -> connect(in));
            } catch (IOException e) {
                reset(); // closed
            }
        }
    }

    private void connect(Socket in) {
        try {
            awaitFlow();
            Socket out = new Socket(InetAddress.getLoopbackAddress(), target());
            keep(out);
            in.setTcpNoDelay(true);
            out.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(in, out));
            pass(out, in);
        } catch (IOException e) {
            end(in); // nobody listens there
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int target() {
        return target;
    }

    private synchronized void keep(Socket socket) {
        open.removeIf(Socket::isClosed);
        open.add(socket);
    }

    private void pass(Socket from, Socket to) {
        try {
            copy(from, to);
            awaitFlow(); // nor does the end of a connection arrive before
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private void copy(Socket from, Socket to) throws InterruptedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                Pause.millis(awaitFlow().toMillis());
                to.getOutputStream().write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // one of the two is gone, and so is the other
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks all connections. */
    synchronized void reset() {
        open.forEach(Relay::end);
        open.clear();
    }

    @Override
    public void close() {
        hold(false);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }
}
