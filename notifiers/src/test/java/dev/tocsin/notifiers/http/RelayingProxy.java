package dev.tocsin.notifiers.http;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A proxy that speaks CONNECT or SOCKS 5 and leads everywhere to the local machine, to the port that is asked for. */
final class RelayingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final boolean socks;
    private final String refusal;
    private final BlockingQueue<RecordedRequest> asked = new LinkedBlockingQueue<>();

    /**
     * Listens.
     *
     * @param refusal what it answers instead of connecting: a status line, or for SOCKS a number; empty to connect
     */
    RelayingProxy(boolean socks, String refusal) {
        this.socks = socks;
        this.refusal = refusal;
        try {
            listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What a client asked for; for SOCKS {@code user:password@host:port} as the line. */
    RecordedRequest take() throws InterruptedException {
        RecordedRequest request = asked.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nobody asked");
        }
        return request;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (socks) {
                socks(client);
            } else {
                connect(client);
            }
        } catch (IOException e) {
            // one of the two is gone
        }
    }

    private void connect(Socket client) throws IOException {
        Optional<RecordedRequest> request = RecordedRequest.read(new BufferedInputStream(client.getInputStream(), 1));
        if (request.isEmpty()) {
            return;
        }
        asked.add(request.get());
        OutputStream out = client.getOutputStream();
        if (!refusal.isEmpty()) {
            out.write((refusal + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
        String line = request.get().line();
        int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1, line.lastIndexOf(' ')));
        try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            out.write("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            relay(client, server);
        }
    }

    private void socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        String who = "";
        if (methods.length == 2) {
            out.write(new byte[] {5, 2});
            in.readUnsignedByte();
            who = text(in) + ":" + text(in) + "@";
            out.write(new byte[] {1, 0});
        } else {
            out.write(new byte[] {5, 0});
        }
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        String host = type == 3 ? text(in) : Arrays.toString(in.readNBytes(type == 1 ? 4 : 16));
        int port = in.readUnsignedShort();
        asked.add(new RecordedRequest(who + host + ":" + port, java.util.List.of(), ""));
        byte code = refusal.isEmpty() ? 0 : Byte.parseByte(refusal);
        out.write(new byte[] {5, code, 0, 1, 127, 0, 0, 1, 0, 80});
        if (code == 0) {
            try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                relay(client, server);
            }
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private static void relay(Socket client, Socket server) throws IOException {
        Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // the other direction ends too
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
