package dev.tocsin.app.tracing;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector that speaks just enough HTTP/2 to take exports over gRPC, uncompressed and one at a time. */
final class GrpcSpanSink implements AutoCloseable {
    private static final int PREFACE = 24;
    private static final int MESSAGE_HEAD = 5;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final ServerSocket server;
    private final BlockingQueue<ExportTraceServiceRequest> exports = new LinkedBlockingQueue<>();

    GrpcSpanSink() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The next request; fails if none comes. */
    ExportTraceServiceRequest take() throws InterruptedException {
        ExportTraceServiceRequest export = exports.poll(10, TimeUnit.SECONDS);
        if (export == null) {
            throw new AssertionError("nothing was exported");
        }
        return export;
    }

    private void accept() {
        try (Socket socket = server.accept()) {
            serve(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (EOFException e) {
            // the exporter has gone
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        in.readFully(new byte[PREFACE]);
        frame(out, SETTINGS, 0, 0);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int lengthAndType = in.readInt();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[lengthAndType >>> 8];
            in.readFully(payload);
            int type = lengthAndType & 0xff;
            if (type == DATA) {
                message.writeBytes(payload);
                if ((flags & END_STREAM) != 0) {
                    byte[] bytes = message.toByteArray();
                    exports.add(
                            ExportTraceServiceRequest.parseFrom(Arrays.copyOfRange(bytes, MESSAGE_HEAD, bytes.length)));
                    message.reset();
                    frame(out, HEADERS, END_HEADERS, stream, STATUS_200, field("content-type", "application/grpc"));
                    frame(out, DATA, 0, stream, new byte[MESSAGE_HEAD]);
                    frame(out, HEADERS, END_HEADERS | END_STREAM, stream, field("grpc-status", "0"));
                }
            } else if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
                frame(out, type, ACK, 0, type == PING ? payload : new byte[0]);
            }
        }
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[]... parts) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            payload.writeBytes(part);
        }
        int length = payload.size();
        out.write(new byte[] {
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length,
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        });
        payload.writeTo(out);
        out.flush();
    }

    /** A header as it is, without compression. */
    private static byte[] field(String name, String value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(0);
        for (String text : new String[] {name, value}) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            field.write(bytes.length);
            field.writeBytes(bytes);
        }
        return field.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
