package dev.tocsin.cluster.atomix.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** The side that opened the connection: hello, challenge, proof, welcome. On the channel's loop. */
final class DialHandshake extends Handshake {
    /** What becomes of it. */
    interface Result {
        /** The peer proved itself; the returned handler takes over. */
        LinkHandler connected(ChannelHandlerContext ctx, Identity peer);

        void failed(Refusal reason, String detail);
    }

    private final Greeting greeting;
    private final byte[] nonce;
    private final LinkOptions options;
    private final Result result;
    private byte[] challenge = {};
    private byte version;

    DialHandshake(Greeting greeting, byte[] nonce, LinkOptions options, Result result) {
        super(options.handshakeTimeout());
        this.greeting = greeting;
        this.nonce = nonce.clone();
        this.options = options;
        this.result = result;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Greeting.hello(nonce, Greeting.OLDEST, Greeting.NEWEST));
    }

    @Override
    void greeted(ChannelHandlerContext ctx, byte kind, ByteBuf frame) {
        if (kind == FrameKind.CHALLENGE && challenge.length == 0) {
            version = frame.readByte();
            challenge = Greeting.nonce(frame);
            ctx.writeAndFlush(greeting.proof(FrameKind.PROOF, new byte[] {version}, nonce, challenge));
        } else if (kind == FrameKind.WELCOME && challenge.length > 0) {
            if (greeting.proves(FrameKind.WELCOME, frame, new byte[] {version}, nonce, challenge)) {
                done(ctx, result.connected(ctx, Identity.read(frame)), options.frameBytes());
            } else {
                refuse(ctx, Refusal.LABEL, "the peer does not know this cluster's label");
            }
        } else {
            fail(ctx, Refusal.FOREIGN, "unexpected frame " + kind);
        }
    }

    @Override
    void failed(Refusal reason, String detail) {
        result.failed(reason, detail);
    }
}
