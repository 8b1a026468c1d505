package dev.tocsin.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A receiver that answers each connection in one bad way. */
public final class BadServer implements AutoCloseable {
    /** What it does with a request whose head it has read. */
    public interface Manner {
        /** Answers; whatever it throws closes the connection. */
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Manner manner;

    /** Listens on a free port of loopback. */
    public BadServer(Manner manner) {
        this.manner = manner;
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The manner of this name, as the table of bad receivers calls them. */
    public static Manner manner(String name) {
        return switch (name) {
            case "garbage" -> out -> write(out, "SSH-2.0-OpenSSH_9.2\r\n\0\0\0garbage");
            case "closing" -> out -> {};
            case "redirecting" ->
                out -> write(
                        out,
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: /again\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            case "verbose" -> out -> verbose(out, "500 Internal Server Error");
            case "verbose4" -> out -> verbose(out, "400 Bad Request");
            case "dripping" -> BadServer::drip;
            case "plain" -> out -> write(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            default -> out -> Thread.sleep(60_000);
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void verbose(OutputStream out, String status) throws IOException {
        write(out, "HTTP/1.1 " + status + "\r\nContent-Length: " + (10 << 20) + "\r\n\r\n");
        String part = "x".repeat(1 << 20);
        for (int i = 0; i < 10; i++) {
            write(out, part);
        }
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        for (char c : ("HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(600)).toCharArray()) {
            write(out, Character.toString(c));
            Thread.sleep(100);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            if (in.read(new byte[64 << 10]) > 0) {
                manner.answer(socket.getOutputStream());
            }
        } catch (IOException e) {
            // the client hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its port. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
