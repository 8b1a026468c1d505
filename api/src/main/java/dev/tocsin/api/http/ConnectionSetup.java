package dev.tocsin.api.http;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Builds the pipeline of each accepted connection, or closes it if there are too many. */
final class ConnectionSetup {
    private static final int CHUNK = 256 << 10;
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
        Deadlines deadlines = new Deadlines(server.clock(), limits);
        RequestReader reader = new RequestReader(limits, budget, deadlines);
        channel.pipeline()
                .addLast(deadlines)
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(limits.requestLineBytes())
                        .setMaxHeaderSize(limits.headerBytes())
                        .setMaxChunkSize(CHUNK)
                        .setAllowDuplicateContentLengths(true)))
                .addLast(reader)
                .addLast(new Connection(server, reader, deadlines));
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
