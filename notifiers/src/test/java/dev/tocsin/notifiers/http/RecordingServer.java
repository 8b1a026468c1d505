package dev.tocsin.notifiers.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that keeps what it gets and answers by script, each script for one request; 200 without a body when no
 * script is left. Nothing in it waits for time to pass.
 */
public final class RecordingServer implements AutoCloseable {
    private final ServerSocket listener;
    private final BlockingQueue<RecordedRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> hangUps = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread acceptor;

    /** What happens to one request. */
    @FunctionalInterface
    public interface Script {
        /**
         * Answers.
         *
         * @return whether the connection stays open
         */
        boolean answer(RecordedRequest request, Socket socket, OutputStream out) throws IOException;

        /** Whether the script runs before anything of the request is read; {@code request} is then an empty one. */
        default boolean beforeReading() {
            return false;
        }
    }

    /** Listens on a free port of 127.0.0.1 without TLS. */
    public RecordingServer() {
        this(ServerSocketFactory.getDefault());
    }

    /** Listens on a free port of 127.0.0.1. */
    public RecordingServer(ServerSocketFactory factory) {
        try {
            listener = factory.createServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /** The port. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Adds the script of the next request that has none. */
    public RecordingServer then(Script script) {
        scripts.add(script);
        return this;
    }

    /** Answers with a status and a body. */
    public RecordingServer then(int status, String body) {
        return then(reply(status, body));
    }

    /** An answer with a status and a body; the connection stays open. */
    public static Script reply(int status, String body, String... headers) {
        return (request, socket, out) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some Words\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            if (status != 204) {
                head.append("Content-Length: ").append(bytes.length).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return true;
        };
    }

    /** Writes bytes as they are and closes. */
    public static Script raw(String bytes) {
        return (request, socket, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return false;
        };
    }

    /** Writes bytes as they are, perhaps none, and then nothing until the client hangs up. */
    public Script hangAfter(String bytes) {
        return (request, socket, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            awaitHangUp(socket);
            return false;
        };
    }

    private void awaitHangUp(Socket socket) {
        String how = "end";
        try {
            while (socket.getInputStream().read() >= 0) {
                how = "end after more bytes";
            }
        } catch (IOException e) {
            how = "reset";
        }
        hangUps.add(how);
    }

    /** Resets the connection after the first byte of the request. */
    public static Script resetWhileReading() {
        return new Script() {
            @Override
            public boolean answer(RecordedRequest request, Socket socket, OutputStream out) throws IOException {
                socket.getInputStream().read();
                socket.setSoLinger(true, 0);
                return false;
            }

            @Override
            public boolean beforeReading() {
                return true;
            }
        };
    }

    /** Writes bytes as they are before reading anything, then reads to the end. */
    public static Script answerBeforeReading(String bytes) {
        return new Script() {
            @Override
            public boolean answer(RecordedRequest request, Socket socket, OutputStream out) throws IOException {
                out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                return false;
            }

            @Override
            public boolean beforeReading() {
                return true;
            }
        };
    }

    /** The next request that came, waited for. */
    public RecordedRequest take() throws InterruptedException {
        RecordedRequest request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    /** How a client hung up on a script that waits for that. */
    public String takeHangUp() throws InterruptedException {
        return String.valueOf(hangUps.poll(20, TimeUnit.SECONDS));
    }

    /** How many requests came and were not taken. */
    public int waiting() {
        return requests.size();
    }

    /** How many connections came. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                Script next = scripts.peek();
                if (next != null && next.beforeReading()) {
                    scripts.remove(next);
                    next.answer(new RecordedRequest("", java.util.List.of(), ""), socket, socket.getOutputStream());
                    return;
                }
                Optional<RecordedRequest> request = RecordedRequest.read(in);
                if (request.isEmpty()) {
                    return;
                }
                @Nullable Script script = scripts.poll();
                requests.add(request.get());
                Script chosen = script == null ? reply(200, "") : script;
                more = chosen.answer(request.get(), socket, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The client is gone, or TLS failed: the client's side is what is tested.
        } finally {
            open.remove(socket);
        }
    }

    /** Closes the connections that stand, as a server that restarts. */
    public void dropConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(); // until then the port may still take connections
            dropConnections();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
