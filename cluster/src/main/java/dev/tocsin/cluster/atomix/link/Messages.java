package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages by subject, with or without an answer, between peers by name. Safe for all threads; handlers run on the
 * executors they were registered with.
 */
public final class Messages {
    private static final int MAX_PENDING = 4096;
    private static final byte[] NOTHING = {};
    private static final int WELL = 1;

    private final Function<String, @Nullable Link> links;
    private final EventLoopGroup loops;
    private final LinkMetrics metrics;
    private final BiConsumer<String, String> complaints;
    private final Clock clock;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<String, Registered> handlers = new ConcurrentHashMap<>();
    private final Map<String, Registered> gossips = new ConcurrentHashMap<>();

    /** Handles the messages of a subject. */
    @FunctionalInterface
    public interface Handler {
        /**
         * A message of an authenticated peer.
         *
         * @param answer takes the answer, once, if one is wanted; on any thread
         */
        void handle(String peer, byte[] payload, Answer answer);
    }

    /** Takes the answer to a request; both do nothing if none is wanted. */
    public interface Answer {
        /** Answers. */
        void with(byte[] payload);

        /** Tells that there is no answer. */
        void failed();
    }

    private record Registered(Handler handler, Executor executor) {}

    private record Pending(Link link, CompletableFuture<byte[]> answer, Future<?> deadline) {}

    /** @param complaints hears which peer sent something that cannot be read, and what is wrong; on any thread */
    Messages(
            Function<String, @Nullable Link> links,
            EventLoopGroup loops,
            LinkMetrics metrics,
            BiConsumer<String, String> complaints,
            Clock clock) {
        this.complaints = complaints;
        this.links = links;
        this.loops = loops;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Lets {@code handler} have the messages of {@code subject}, instead of the one that had them. */
    public void handle(String subject, Executor executor, Handler handler) {
        handlers.put(subject, new Registered(handler, executor));
    }

    /** Lets nobody have them. */
    public void ignore(String subject) {
        handlers.remove(subject);
    }

    /** The same for what was sent as gossip. */
    public void handleGossip(String subject, Executor executor, Handler handler) {
        gossips.put(subject, new Registered(handler, executor));
    }

    /** Lets nobody have gossip of {@code subject}. */
    public void ignoreGossip(String subject) {
        gossips.remove(subject);
    }

    /** Sends; false if there is no connection, its queue is full or the message is too long. */
    public boolean tell(String peer, String subject, byte[] payload) {
        return accepted(send(peer, FrameKind.MESSAGE, subject, payload));
    }

    /**
     * Whether {@code peer} can be told something, as far as one can tell; counts it if not.
     *
     * @param bytes its length with all that stands around it
     * @param waiting how much more the caller is about to tell it before, in bytes
     */
    public boolean hasRoom(String peer, long bytes, long waiting) {
        Link link = links.apply(peer);
        return accepted(link == null ? Link.Sent.CLOSED : link.room(bytes, waiting));
    }

    /** Sends what may be lost. */
    public boolean gossip(String peer, String subject, byte[] payload) {
        return accepted(send(peer, FrameKind.GOSSIP, subject, payload));
    }

    private Link.Sent send(String peer, byte kind, String subject, byte[] payload) {
        Link link = links.apply(peer);
        return link == null ? Link.Sent.CLOSED : link.send(kind, subject, payload);
    }

    private boolean accepted(Link.Sent sent) {
        if (sent == Link.Sent.QUEUED) {
            return true;
        }
        metrics.unsent(sent);
        return false;
    }

    /**
     * Asks.
     *
     * @return fails with an {@link IOException} if there is no connection, its queue is full, it breaks, or the peer has no
     *     answer; with a {@link TimeoutException} if none comes in time
     */
    public CompletableFuture<byte[]> ask(String peer, String subject, byte[] payload, Duration timeout) {
        Link link = links.apply(peer);
        if (link == null) {
            return CompletableFuture.failedFuture(new IOException("no connection to " + peer));
        }
        if (pending.size() >= MAX_PENDING) {
            return CompletableFuture.failedFuture(new IOException("too many requests without an answer"));
        }
        long number = numbers.incrementAndGet();
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Future<?> deadline = loops.next()
                .schedule(
                        () -> fail(number, new TimeoutException("no answer from " + peer)),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        pending.put(number, new Pending(link, answer, deadline));
        if (!accepted(link.send(FrameKind.REQUEST, number, subject, payload))) {
            fail(number, new IOException("cannot send to " + peer));
        }
        return answer;
    }

    private void fail(long number, Exception reason) {
        Pending asked = pending.remove(number);
        if (asked != null) {
            asked.deadline().cancel(false);
            asked.answer().completeExceptionally(reason);
        }
    }

    /** A frame came; on its Netty loop. Kinds that a later version may have are ignored. */
    void frame(Link link, byte kind, ByteBuf body) {
        switch (kind) {
            case FrameKind.MESSAGE ->
                handle(link, handlers.get(subject(body)), ByteBufUtil.getBytes(body), Unwanted.NOBODY);
            case FrameKind.GOSSIP ->
                handle(link, gossips.get(subject(body)), ByteBufUtil.getBytes(body), Unwanted.NOBODY);
            case FrameKind.REQUEST -> {
                Reply reply = new Reply(link, body.readLong());
                handle(link, handlers.get(subject(body)), ByteBufUtil.getBytes(body), reply);
            }
            case FrameKind.REPLY -> replied(link, body.readLong(), body.readByte() == WELL, ByteBufUtil.getBytes(body));
            default -> {
                // not of this version
            }
        }
    }

    private static String subject(ByteBuf body) {
        return body.readString(body.readUnsignedByte(), StandardCharsets.UTF_8);
    }

    private void handle(Link link, @Nullable Registered registered, byte[] payload, Answer answer) {
        if (registered == null) {
            answer.failed();
            return;
        }
        link.hold(payload.length);
        try {
            registered.executor().execute(() -> {
                try {
                    registered.handler().handle(link.peer().name(), payload, answer);
                } catch (RuntimeException e) { // Atomix reads what it is sent when it handles it
                    metrics.malformed();
                    complaints.accept(
                            link.peer().name(),
                            "gossip or a question that is none: " + e.getClass().getSimpleName());
                    answer.failed();
                } finally {
                    link.release(payload.length, clock.nanoTime());
                }
            });
        } catch (RejectedExecutionException e) {
            link.release(payload.length, clock.nanoTime()); // its owner is stopping
            answer.failed();
        }
    }

    private void replied(Link link, long number, boolean well, byte[] payload) {
        Pending asked = pending.get(number);
        if (asked == null || asked.link() != link) {
            return; // too late
        }
        if (!well) {
            fail(number, new IOException(link.peer().name() + " has no answer"));
        } else if (pending.remove(number, asked)) {
            asked.deadline().cancel(false);
            asked.answer().complete(payload);
        }
    }

    /** A connection broke: its requests have no answer. */
    void closed(Link link) {
        pending.forEach((number, asked) -> {
            if (asked.link() == link) {
                fail(
                        number,
                        new IOException("lost the connection to " + link.peer().name()));
            }
        });
    }

    /** Answers on the connection on which the question came. */
    private record Reply(Link link, long number) implements Answer {
        @Override
        public void with(byte[] payload) {
            send(WELL, payload);
        }

        @Override
        public void failed() {
            send(0, NOTHING);
        }

        private void send(int well, byte[] payload) {
            byte[] body = new byte[1 + payload.length];
            body[0] = (byte) well;
            System.arraycopy(payload, 0, body, 1, payload.length);
            link.send(FrameKind.REPLY, number, body);
        }
    }

    /** Nobody wants an answer. */
    private enum Unwanted implements Answer {
        NOBODY;

        @Override
        public void with(byte[] payload) {}

        @Override
        public void failed() {}
    }
}
