package dev.tocsin.api.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Builds the pipeline of each accepted connection, or closes it if there are too many. With TLS the handlers of HTTP come
 * when the handshake has said which version it is.
 */
final class ConnectionSetup {
    private static final int CHUNK = 256 << 10;
    private static final int STREAMS = 250;
    private static final int WINDOW = 256 << 10;
    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ExchangeContext server;
    private final BodyBudget budget;
    private final ChannelGroup open;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong nextLogAt;

    ConnectionSetup(ExchangeContext server, BodyBudget budget, ChannelGroup open) {
        this.server = server;
        this.budget = budget;
        this.open = open;
        this.nextLogAt = new AtomicLong(server.clock().nanoTime());
    }

    void accept(SocketChannel channel) {
        HttpServerOptions.Limits limits = server.options().limits();
        if (open.size() >= limits.connections()) {
            refuse(limits.connections());
            channel.close();
            return;
        }
        open.add(channel);
        if (server.protection().tls()) {
            channel.pipeline().addLast(new TlsEntrance(server, this));
        } else {
            addHttp1(channel.pipeline());
        }
    }

    /** For a connection on which requests come one after the other. */
    void addHttp1(ChannelPipeline pipeline) {
        HttpServerOptions.Limits limits = server.options().limits();
        Deadlines deadlines = new Deadlines(server.clock(), limits);
        pipeline.addLast(deadlines)
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.requestLineBytes())
                        .setMaxHeaderSize(limits.headerBytes())
                        .setMaxChunkSize(CHUNK)
                        .setAllowDuplicateContentLengths(true)));
        addRequests(pipeline, deadlines);
    }

    /** For a connection of many streams, each of which has a pipeline of its own with one request. */
    void addHttp2(ChannelPipeline pipeline) {
        HttpServerOptions.Limits limits = server.options().limits();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(new Http2Settings()
                        .maxConcurrentStreams(STREAMS)
                        .initialWindowSize(WINDOW)
                        .maxHeaderListSize(limits.headerBytes()))
                .gracefulShutdownTimeoutMillis(-1) // the server's stop has a bound of its own
                .build();
        pipeline.addLast(codec)
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        Deadlines deadlines = new Deadlines(server.clock(), limits);
                        stream.pipeline()
                                .addLast(deadlines)
                                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                .addLast(new BodilessHead());
                        addRequests(stream.pipeline(), deadlines);
                    }
                }))
                .addLast(new Http2Idle(codec.connection(), limits.idleTime()));
    }

    private void addRequests(ChannelPipeline pipeline, Deadlines deadlines) {
        RequestReader reader = new RequestReader(server.options().limits(), server.protection(), budget, deadlines);
        pipeline.addLast(reader).addLast(new Connection(server, reader, deadlines));
    }

    private void refuse(int limit) {
        refused.incrementAndGet();
        long now = server.clock().nanoTime();
        long due = nextLogAt.get();
        if (now - due >= 0 && nextLogAt.compareAndSet(due, now + LOG_EVERY_NANOS)) {
            server.log()
                    .atWarn()
                    .addKeyValue("limit", limit)
                    .addKeyValue("refused", refused.getAndSet(0))
                    .log("Too many connections, new ones are closed");
        }
    }
}
