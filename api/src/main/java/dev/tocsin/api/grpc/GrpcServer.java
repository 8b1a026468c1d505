package dev.tocsin.api.grpc;

import dev.tocsin.api.http.server.ListenAddress;
import dev.tocsin.api.service.Services;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.api.web.Admission;
import dev.tocsin.api.web.Visits;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC port: tocsin.v1, health, reflection and channelz. Guarded as the HTTP port is. {@link #bind} takes the port, so
 * that it is known early whether it can be had; calls are refused until {@link #serve}. Each method is called once, by one
 * thread, in the order bind, serve, stop; serve may be left out.
 *
 * <p>Event loops only read and write; calls run on the workers.
 */
public final class GrpcServer {
    private static final int MAX_MESSAGE = 5 << 20;
    private static final int MAX_METADATA = 16 << 10;
    private static final int MAX_STREAMS = 256;
    private static final int CHANNELZ_PAGE = 100;

    private final Logger log = LoggerFactory.getLogger(GrpcServer.class);
    private final String address;
    private final Executor workers;
    private final Clock clock;
    private final @Nullable WebSecurity security;
    private final CallMetrics calls;
    private final WatchStreams streams;
    private final HealthStatusManager health = new HealthStatusManager();
    private final EventLoopGroup accepting = loops("grpc-accept", 1);
    private final EventLoopGroup working = loops("grpc", 0);
    private @Nullable Server server;
    private volatile boolean serving;

    /**
     * A server that does nothing yet.
     *
     * @param address where to listen, as {@link ListenAddress} reads it
     * @param security the rules of the HTTP port; null if it has none
     * @param workers runs each task on a thread that may block: virtual threads in production
     */
    public GrpcServer(String address, @Nullable WebSecurity security, Executor workers, Clock clock, Metrics metrics) {
        this.address = address;
        this.security = security;
        this.workers = workers;
        this.clock = clock;
        this.calls = new CallMetrics(metrics);
        this.streams = new WatchStreams(workers, security == null ? Visits.unguarded() : security);
    }

    private static EventLoopGroup loops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                new DefaultThreadFactory(name, true),
                NioIoHandler.newFactory());
    }

    /**
     * Takes the port.
     *
     * @return the real address
     * @throws IOException if it cannot be had; the message names the address
     * @throws IllegalArgumentException if the address is not well formed
     */
    public InetSocketAddress bind(Services services, Watches watches, JournalWatches journals) throws IOException {
        InetSocketAddress where = ListenAddress.parse(address);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(where)
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(working)
                .executor(workers)
                .maxInboundMessageSize(MAX_MESSAGE)
                .maxInboundMetadataSize(MAX_METADATA)
                .maxConcurrentCallsPerConnection(MAX_STREAMS)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(ChannelzService.newInstance(CHANNELZ_PAGE))
                .addService(health.getHealthService())
                // the last one is asked first
                .intercept(new Guard(this::admit, () -> serving))
                .intercept(new Caller())
                .intercept(calls);
        for (BindableService service : services(services, watches, journals)) {
            ServerServiceDefinition definition = service.bindService();
            builder.addService(definition);
            health.setStatus(definition.getServiceDescriptor().getName(), ServingStatus.NOT_SERVING);
        }
        WebSecurity rules = security;
        if (rules != null && rules.tls()) {
            builder.sslContext(rules.sslContext(List.of("h2")));
        }
        Server built = builder.build();
        try {
            built.start();
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("listen tcp " + address + ": " + cause.getMessage(), e);
        }
        server = built;
        return (InetSocketAddress) built.getListenSockets().getFirst();
    }

    private List<BindableService> services(Services services, Watches watches, JournalWatches journals) {
        return List.of(
                new AlertListing(services.alerts(), clock)
                        .with(new AlertCalls(services.alerts(), watches, streams, clock)),
                new GroupCalls(services.groups(), watches, streams, clock),
                new SilenceCalls(services.silences(), watches, streams, clock),
                new ReceiverCalls(services.receivers(), services.cluster()),
                new RouteCalls(services.routes()),
                new NotificationCalls(services.notifications(), journals, streams),
                new ClusterCalls(services.cluster(), services.groups(), watches, streams));
    }

    private java.util.concurrent.CompletionStage<Admission> admit(@Nullable String authorization) {
        WebSecurity rules = security;
        return rules == null ? CompletableFuture.completedFuture(Admission.ADMITTED) : rules.admit(authorization);
    }

    /** Answers calls from now on. */
    public void serve() {
        Server bound = server;
        if (bound == null) {
            throw new IllegalStateException("bind first");
        }
        bound.getServices()
                .forEach(service ->
                        health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING));
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        serving = true;
        WebSecurity rules = security;
        log.atInfo()
                .addKeyValue("component", "grpc")
                .addKeyValue("address", ListenAddress.format((InetSocketAddress)
                        bound.getListenSockets().getFirst()))
                .addKeyValue("tls", rules != null && rules.tls())
                .log("Listening on");
    }

    /**
     * Takes no new calls, tells watchers to go on elsewhere, lets other calls have their answer, and cuts off what is left
     * after {@code bound}. Blocks for as long.
     */
    public void stop(Duration bound) {
        health.enterTerminalState();
        Server running = server;
        if (running != null) {
            running.shutdown();
            streams.stop();
            try {
                if (!running.awaitTermination(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                    log.atWarn().addKeyValue("component", "grpc").log("Cutting off calls that are still under way");
                    running.shutdownNow();
                    running.awaitTermination(1, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                running.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        working.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
