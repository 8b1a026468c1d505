package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody who knows the label, proves it, and then sends whatever a test wants. One thread. */
public final class Insider implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    /** Connects to {@code address} as {@code name}, with an empty label, and waits for the welcome. */
    public Insider(String address, String name) throws IOException {
        HostAndPort at = HostAndPort.parse(address);
        socket = new Socket(at.host(), at.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        Greeting greeting = new Greeting("", new Identity(name, name.hashCode(), "127.0.0.1:1"));
        byte[] nonce = new byte[Greeting.NONCE_BYTES];
        write(Greeting.hello(nonce, Greeting.OLDEST, Greeting.NEWEST));
        ByteBuf challenge = expect(FrameKind.CHALLENGE);
        byte version = challenge.readByte();
        write(greeting.proof(FrameKind.PROOF, new byte[] {version}, nonce, Greeting.nonce(challenge)));
        expect(FrameKind.WELCOME);
    }

    private ByteBuf expect(byte kind) throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        if (frame[0] != kind) {
            throw new IOException("frame " + frame[0] + " instead of " + kind);
        }
        return Unpooled.wrappedBuffer(frame, 1, frame.length - 1);
    }

    private void write(ByteBuf frame) throws IOException {
        out.write(ByteBufUtil.getBytes(frame));
    }

    /** Sends the beginning of a frame that says it is {@code length} bytes long. */
    public void begin(int length, byte... beginning) throws IOException {
        out.writeInt(length);
        out.write(beginning);
        out.flush();
    }

    /** Sends a message of {@code subject}. */
    public void tell(String subject, byte[] payload) throws IOException {
        tell(FrameKind.MESSAGE, subject, payload);
    }

    /** The same as gossip. */
    public void gossip(String subject, byte[] payload) throws IOException {
        tell(FrameKind.GOSSIP, subject, payload);
    }

    private void tell(byte kind, String subject, byte[] payload) throws IOException {
        byte[] name = subject.getBytes(StandardCharsets.UTF_8);
        out.writeInt(2 + name.length + payload.length);
        out.write(kind);
        out.write(name.length);
        out.write(name);
        out.write(payload);
        out.flush();
    }

    /** Waits until the node has read all that was sent: it has handed to its hub loop what it takes. */
    public void awaitRead() throws IOException {
        begin(
                1 + Long.BYTES,
                FrameKind.PING,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 1);
        expect(FrameKind.PONG);
    }

    /** Waits until the node closes the connection. */
    public void awaitClosed() {
        try {
            in.readAllBytes();
        } catch (IOException reset) {
            // closed with bytes unread
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
