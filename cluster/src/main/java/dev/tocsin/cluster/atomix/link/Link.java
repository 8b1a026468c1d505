package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated connection to a peer. Any thread may use it; what one thread sends arrives in its order.
 */
final class Link {
    private static final int MAX_SUBJECT = 255;
    private static final int NO_NUMBER = 0;

    private final Identity peer;
    private final boolean outgoing;
    private final Channel channel;
    private final LinkOptions options;
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong unhandled = new AtomicLong();
    private volatile long lastHeardNanos;

    Link(Identity peer, boolean outgoing, Channel channel, LinkOptions options, long nowNanos) {
        this.peer = peer;
        this.outgoing = outgoing;
        this.channel = channel;
        this.options = options;
        this.lastHeardNanos = nowNanos;
    }

    Identity peer() {
        return peer;
    }

    /** Whether this node opened it. */
    boolean outgoing() {
        return outgoing;
    }

    /** What waits to be written, in bytes. */
    long queued() {
        return queued.get();
    }

    /** Whether the peer hangs on it: nothing was heard for too long. */
    boolean silent(long nowNanos) {
        long limit = queued() > 0
                ? options.writeTimeout().toNanos()
                : options.silence().toNanos();
        return channel.config().isAutoRead() && nowNanos - lastHeardNanos > limit;
    }

    /** Whether the peer was heard within the last {@code nanos}. */
    boolean heardWithin(long nanos, long nowNanos) {
        return nowNanos - lastHeardNanos <= nanos;
    }

    void heard(long nowNanos) {
        lastHeardNanos = nowNanos;
    }

    /** How a message left, or why not. */
    enum Sent {
        /** It is on its way. */
        QUEUED,
        /** The connection has gone. */
        CLOSED,
        /** Too much waits already. */
        FULL,
        /** It is longer than any frame may be. */
        TOO_LONG
    }

    /**
     * What would become of a message, as far as one can tell.
     *
     * @param bytes its length with all that stands around it
     * @param waiting how much more is about to be sent before, in bytes
     */
    Sent room(long bytes, long waiting) {
        if (bytes > options.frameBytes()) {
            return Sent.TOO_LONG;
        }
        if (!channel.isActive()) {
            return Sent.CLOSED;
        }
        return queued.get() + waiting + bytes > options.queueBytes() ? Sent.FULL : Sent.QUEUED;
    }

    /** Sends a message without a number. */
    Sent send(byte kind, String subject, byte[] payload) {
        return send(kind, NO_NUMBER, false, subject, payload);
    }

    /** Sends a numbered message with a subject. */
    Sent send(byte kind, long number, String subject, byte[] payload) {
        return send(kind, number, true, subject, payload);
    }

    /** Sends a numbered message that needs no subject. */
    Sent send(byte kind, long number, byte[] payload) {
        return send(kind, number, true, null, payload);
    }

    private Sent send(byte kind, long number, boolean numbered, @Nullable String subject, byte[] payload) {
        byte[] name = subject == null ? new byte[0] : subject.getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_SUBJECT) {
            return Sent.TOO_LONG;
        }
        long length = 1L + (numbered ? Long.BYTES : 0) + (subject == null ? 0 : 1 + name.length) + payload.length;
        if (length > options.frameBytes()) {
            return Sent.TOO_LONG;
        }
        if (!channel.isActive()) {
            return Sent.CLOSED;
        }
        int size = Integer.BYTES + (int) length;
        if (queued.addAndGet(size) > options.queueBytes()) {
            queued.addAndGet(-size);
            return Sent.FULL;
        }
        ByteBuf frame = channel.alloc().buffer(size).writeInt((int) length).writeByte(kind);
        if (numbered) {
            frame.writeLong(number);
        }
        if (subject != null) {
            frame.writeByte(name.length).writeBytes(name);
        }
        frame.writeBytes(payload);
        channel.writeAndFlush(frame).addListener(done -> queued.addAndGet(-size));
        return Sent.QUEUED;
    }

    /** Counts what has been read and not been handled; beyond the bound reading stops. */
    void hold(int bytes) {
        if (unhandled.addAndGet(bytes) > options.unreadBytes()) {
            channel.config().setAutoRead(false);
        }
    }

    /** Counts what has been handled. */
    void release(int bytes, long nowNanos) {
        if (unhandled.addAndGet(-bytes) <= options.unreadBytes() / 2
                && !channel.config().isAutoRead()) {
            lastHeardNanos = nowNanos;
            channel.config().setAutoRead(true);
        }
    }

    void close() {
        channel.close();
    }

    /** Closes after what was sent before. */
    void closeAfterWriting() {
        channel.eventLoop()
                .execute(() -> channel.writeAndFlush(channel.alloc().buffer(0)).addListener(done -> channel.close()));
    }

    @Override
    public String toString() {
        return (outgoing ? "to " : "from ") + peer.name() + " at " + peer.address();
    }
}
