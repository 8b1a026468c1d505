package dev.tocsin.api.http.server;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Router;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server: 1.1, and over TLS also 2. {@link #bind} takes the ports, so that their numbers can be told; connections wait in the
 * system's queue until {@link #serve} names who answers. Each method is called once, from one thread, in the order bind,
 * serve, stop; serve may be left out.
 *
 * <p>The event loops read, write and run {@link AsyncHandler}s; everything that may block runs on the workers. A slow
 * or greedy GET can therefore delay other GETs, but no POST.
 */
public final class HttpServer {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 256 << 10);

    private static final long CUT_MILLIS = 1000;

    private final HttpServerOptions options;
    private final Protection protection;
    private final List<Filter> filters;
    private final Executor workers;
    private final Clock clock;
    private final Metrics metrics;
    private final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private final EventLoopGroup loops;
    private final ChannelGroup open;
    private final List<Channel> listeners = new ArrayList<>();
    private volatile @Nullable ConnectionSetup setup;

    /**
     * A server that does nothing yet.
     *
     * @param protection how connections are secured
     * @param filters stand before all routes, the first one outermost
     * @param workers runs each task on a thread that may block: virtual threads in production
     */
    public HttpServer(
            HttpServerOptions options,
            Protection protection,
            List<Filter> filters,
            Executor workers,
            Clock clock,
            Metrics metrics) {
        this.options = options;
        this.protection = protection;
        this.filters = List.copyOf(filters);
        this.workers = workers;
        this.clock = clock;
        this.metrics = metrics;
        this.loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
        this.open = new DefaultChannelGroup(loops.next());
    }

    /**
     * Takes all ports.
     *
     * @return the addresses in the order of the options, with the real port where 0 was asked for
     * @throws IOException if one cannot be taken; the others are given back. The message names the address
     * @throws IllegalArgumentException if an address is not well formed
     */
    public List<InetSocketAddress> bind() throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        setUp(channel);
                    }
                });
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String text : options.listenAddresses()) {
            ChannelFuture bound = bootstrap.bind(ListenAddress.parse(text)).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                listeners.forEach(Channel::close);
                throw new IOException(
                        "listen tcp " + text + ": " + bound.cause().getMessage(), bound.cause());
            }
            listeners.add(bound.channel());
            addresses.add((InetSocketAddress) bound.channel().localAddress());
        }
        return addresses;
    }

    private void setUp(SocketChannel channel) {
        ConnectionSetup current = setup;
        if (current == null) {
            channel.close();
        } else {
            current.accept(channel);
        }
    }

    /** Lets {@code router} answer. Until {@link #stop}, or a listener fails, new connections are taken. */
    public void serve(Router router) {
        metrics.gauge("tocsin_http_connections", "Open client connections.")
                .labels()
                .set(open::size);
        LoopMetrics.register(metrics, loops);
        ExchangeContext context = new ExchangeContext(
                options,
                router,
                filters,
                workers,
                clock,
                protection,
                new ResponseEncoder(clock, protection),
                new GetLimit(options.getConcurrency(), metrics),
                new RequestMetrics(metrics),
                log);
        setup = new ConnectionSetup(context, new BodyBudget(options.limits().allBodiesBytes()), open);
        for (Channel listener : listeners) {
            listener.config().setAutoRead(true);
            String address = ListenAddress.format((InetSocketAddress) listener.localAddress());
            log.atInfo().addKeyValue("address", address).log("Listening on");
            log.atInfo()
                    .addKeyValue("http2", protection.tls() && protection.http2())
                    .addKeyValue("address", address)
                    .log(protection.tls() ? "TLS is enabled." : "TLS is disabled.");
        }
    }

    /** Completes when a listener is closed, by {@link #stop} or by a failure. */
    public CompletionStage<Void> listenersClosed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        for (Channel listener : listeners) {
            listener.closeFuture().addListener(done -> closed.complete(null));
        }
        return closed;
    }

    /**
     * Takes no new connections, closes those that wait for a request, lets the others have their answer, and closes what
     * is left after {@code bound}. Blocks for as long.
     */
    public void stop(Duration bound) {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        for (Channel channel : open) {
            channel.eventLoop().execute(() -> drain(channel));
        }
        if (!open.newCloseFuture().awaitUninterruptibly(bound.toNanos(), TimeUnit.NANOSECONDS)) {
            log.atWarn().addKeyValue("connections", open.size()).log("Closing connections that are still in use");
            open.forEach(HttpServer::cut);
            open.newCloseFuture().awaitUninterruptibly(CUT_MILLIS);
        }
        loops.shutdownGracefully(0, bound.toNanos(), TimeUnit.NANOSECONDS)
                .awaitUninterruptibly(bound.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Past all handlers: those of TLS and HTTP/2 would say goodbye first. */
    private static void cut(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    private static void drain(Channel channel) {
        ChannelHandlerContext context = channel.pipeline().context(Connection.class);
        if (context == null) { // in a handshake, or HTTP/2, whose codec lets streams end
            channel.close();
        } else {
            ((Connection) context.handler()).drain(context);
        }
    }
}
