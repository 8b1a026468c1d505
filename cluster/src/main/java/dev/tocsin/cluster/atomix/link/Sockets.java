package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Opens and accepts connections and greets who is there. Results are told on the hub loop. Any thread may use it but for
 * {@link #bind} and {@link #accept}, which are called once, in this order.
 */
final class Sockets {
    private static final int FLUSHES = 64;

    private final EventLoopGroup loops;
    private final ChannelGroup open;
    private final LinkOptions options;
    private final @Nullable Tls tls;
    private final LinkMetrics metrics;
    private final LinkListener listener;
    private final Clock clock;
    private final Scheduler hub;
    private final RandomGenerator random;
    private final AtomicInteger strangers = new AtomicInteger();
    private volatile @Nullable Acceptance acceptance;
    private @Nullable Channel server;

    /** Who may come in, and what they are greeted with. */
    private record Acceptance(Greeting greeting, Admission admission) {}

    /**
     * Does nothing yet.
     *
     * @param open gets all channels; whoever made it closes them
     * @param tls null for plain connections
     * @param random safe for all threads and not predictable
     */
    Sockets(
            EventLoopGroup loops,
            ChannelGroup open,
            LinkOptions options,
            @Nullable Tls tls,
            LinkMetrics metrics,
            LinkListener listener,
            Clock clock,
            Scheduler hub,
            RandomGenerator random) {
        this.loops = loops;
        this.open = open;
        this.options = options;
        this.tls = tls;
        this.metrics = metrics;
        this.listener = listener;
        this.clock = clock;
        this.hub = hub;
        this.random = random;
    }

    /**
     * Takes the port; who connects waits until {@link #accept}.
     *
     * @return the address with the real port
     * @throws IOException if the address cannot be had
     */
    InetSocketAddress bind(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Accepting())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "listen on " + HostAndPort.of(address) + ": " + Failures.text(bound.cause()), bound.cause());
        }
        server = bound.channel();
        open.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Begins to accept. */
    void accept(Greeting greeting, Admission admission) {
        acceptance = new Acceptance(greeting, admission);
        Channel bound = server;
        if (bound == null) {
            throw new IllegalStateException("bind first");
        }
        bound.config().setAutoRead(true);
    }

    /** Tries once to connect; {@code done} hears on the hub loop how it went. */
    void dial(InetSocketAddress address, Greeting greeting, Consumer<Dialed> done) {
        Dialing dialing = new Dialing(address, done);
        DialHandshake handshake = new DialHandshake(greeting, nonce(), options, dialing);
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(options.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        assemble(channel, tls == null ? null : tls.client(address), handshake);
                    }
                })
                .connect(address)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        dialing.unconnected(connected.cause());
                    }
                });
    }

    private void assemble(Channel channel, @Nullable SSLEngine engine, ChannelHandler handshake) {
        if (engine != null) {
            SslHandler ssl = new SslHandler(engine);
            ssl.setHandshakeTimeoutMillis(options.handshakeTimeout().toMillis());
            channel.pipeline().addLast(ssl);
        }
        channel.pipeline() // what is sent while nothing is read comes in bundles already and goes out at once
                .addLast(new FlushConsolidationHandler(FLUSHES, false))
                .addLast(new FrameDecoder())
                .addLast(handshake);
    }

    private byte[] nonce() {
        byte[] nonce = new byte[Greeting.NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private LinkHandler handler(Link link) {
        metrics.connected(link.outgoing());
        return new LinkHandler(link, listener, options, metrics, clock);
    }

    /** A peer that listens on all interfaces does not know its address: it is the one it is seen at. */
    private static Identity seenAt(Identity peer, InetAddress seen) {
        HostAndPort told = HostAndPort.parse(peer.address());
        return told.host().isEmpty() || InetAddress.ofLiteral(told.host()).isAnyLocalAddress()
                ? new Identity(
                        peer.name(), peer.run(), new HostAndPort(HostAndPort.number(seen), told.port()).toString())
                : peer;
    }

    /** One attempt to connect. */
    private final class Dialing implements DialHandshake.Result {
        private final InetSocketAddress address;
        private final Consumer<Dialed> done;
        private boolean told;

        Dialing(InetSocketAddress address, Consumer<Dialed> done) {
            this.address = address;
            this.done = done;
        }

        void unconnected(Throwable cause) {
            if (Failures.refused(cause)) {
                tell(new Dialed.NobodyListens());
            } else {
                tell(new Dialed.Failed(Failures.of(cause), Failures.text(cause)));
            }
        }

        @Override
        public LinkHandler connected(ChannelHandlerContext ctx, Identity peer) {
            Link link = new Link(seenAt(peer, address.getAddress()), true, ctx.channel(), options, clock.nanoTime());
            tell(new Dialed.Connected(link));
            return handler(link);
        }

        @Override
        public void failed(Refusal reason, String detail) {
            if (!told) {
                metrics.handshakeFailed(true, reason);
            }
            tell(new Dialed.Failed(reason, detail));
        }

        private void tell(Dialed outcome) {
            if (!told) {
                told = true;
                hub.execute(() -> done.accept(outcome));
            }
        }
    }

    /** Greets who connects. */
    private final class Accepting extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            Acceptance now = acceptance;
            if (now == null || strangers.get() >= options.peers()) {
                metrics.handshakeFailed(false, Refusal.FULL);
                channel.close();
                return;
            }
            strangers.incrementAndGet();
            open.add(channel);
            InetAddress remote = ((InetSocketAddress) channel.remoteAddress()).getAddress();
            AcceptHandshake handshake = new AcceptHandshake(
                    now.greeting(),
                    nonce(),
                    options,
                    new Greeted(now.admission(), remote),
                    ended -> strangers.decrementAndGet());
            assemble(channel, tls == null ? null : tls.server(), handshake);
        }
    }

    /** One stranger. */
    private final class Greeted implements AcceptHandshake.Result {
        private final Admission admission;
        private final InetAddress remote;

        Greeted(Admission admission, InetAddress remote) {
            this.admission = admission;
            this.remote = remote;
        }

        @Override
        public void proven(ChannelHandlerContext ctx, Identity peer, AcceptHandshake.Verdict verdict) {
            Link link = new Link(seenAt(peer, remote), false, ctx.channel(), options, clock.nanoTime());
            hub.execute(() -> {
                Refusal refusal = admission.admit(link);
                ctx.executor().execute(() -> {
                    if (refusal != null) {
                        verdict.refused(refusal);
                    } else if (!verdict.admitted(handler(link))) {
                        listener.closed(link);
                    }
                });
            });
        }

        @Override
        public void failed(Refusal reason, String detail) {
            metrics.handshakeFailed(false, reason);
            hub.execute(() -> admission.turnedAway(HostAndPort.number(remote), reason, detail));
        }
    }
}
