package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The side that accepted the connection. It proves itself only to those that proved themselves. On the channel's loop. */
final class AcceptHandshake extends Handshake {
    /** What becomes of it. */
    interface Result {
        /**
         * The peer proved itself: asks the hub whether it may come in.
         *
         * @param verdict is told on the channel's loop
         */
        void proven(ChannelHandlerContext ctx, Identity peer, Verdict verdict);

        void failed(Refusal reason, String detail);
    }

    /** Takes the hub's answer. */
    interface Verdict {
        /** Lets the peer in; false if it has gone meanwhile. */
        boolean admitted(LinkHandler next);

        void refused(Refusal reason);
    }

    private final Greeting greeting;
    private final byte[] nonce;
    private final LinkOptions options;
    private final Result result;
    private final Consumer<AcceptHandshake> ended;
    private byte @Nullable [] hello;
    private boolean proven;
    private byte version;

    /** @param ended hears once when a stranger is one no longer, one way or the other */
    AcceptHandshake(
            Greeting greeting, byte[] nonce, LinkOptions options, Result result, Consumer<AcceptHandshake> ended) {
        super(options.handshakeTimeout());
        this.greeting = greeting;
        this.nonce = nonce.clone();
        this.options = options;
        this.result = result;
        this.ended = ended;
    }

    @Override
    void greeted(ChannelHandlerContext ctx, byte kind, ByteBuf frame) {
        byte[] theirs = hello;
        if (kind == FrameKind.HELLO && theirs == null) {
            greet(ctx, frame);
        } else if (kind == FrameKind.PROOF && theirs != null && !proven) {
            if (greeting.proves(FrameKind.PROOF, frame, new byte[] {version}, theirs, nonce)) {
                proven = true;
                result.proven(ctx, Identity.read(frame), new Answer(ctx, theirs));
            } else {
                refuse(ctx, Refusal.LABEL, "the peer does not know this cluster's label");
            }
        } else {
            fail(ctx, Refusal.FOREIGN, "unexpected frame " + kind);
        }
    }

    private void greet(ChannelHandlerContext ctx, ByteBuf frame) {
        version = (byte) Greeting.version(frame);
        if (version == 0) {
            refuse(ctx, Refusal.VERSION, "the peer speaks another version of the protocol");
        } else {
            hello = Greeting.nonce(frame);
            ctx.writeAndFlush(Greeting.challenge(version, nonce));
        }
    }

    @Override
    void failed(Refusal reason, String detail) {
        ended.accept(this);
        result.failed(reason, detail);
    }

    /** Sends the hub's answer, unless the peer has gone meanwhile. */
    private final class Answer implements Verdict {
        private final ChannelHandlerContext ctx;
        private final byte[] theirs;

        Answer(ChannelHandlerContext ctx, byte[] theirs) {
            this.ctx = ctx;
            this.theirs = theirs;
        }

        @Override
        public boolean admitted(LinkHandler next) {
            if (over()) {
                return false;
            }
            ctx.writeAndFlush(greeting.proof(FrameKind.WELCOME, new byte[] {version}, theirs, nonce));
            ended.accept(AcceptHandshake.this);
            done(ctx, next, options.frameBytes());
            return true;
        }

        @Override
        public void refused(Refusal reason) {
            refuse(ctx, reason, "refused");
        }
    }
}
