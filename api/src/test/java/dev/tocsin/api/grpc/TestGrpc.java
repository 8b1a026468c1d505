package dev.tocsin.api.grpc;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.FakeHub;
import dev.tocsin.api.FakeJournal;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.Filters;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.NotificationService;
import dev.tocsin.api.service.PageTokens;
import dev.tocsin.api.service.ReceiverService;
import dev.tocsin.api.service.RouteService;
import dev.tocsin.api.service.Services;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gRPC port over a fake hub, and a client. */
final class TestGrpc implements AutoCloseable {
    final FakeHub hub = new FakeHub();
    final FakeJournal journal = new FakeJournal();
    final Metrics metrics = new Metrics(new MetricRegistry());
    final GrpcServer server;
    final ManagedChannel channel;

    /** A port whose watches move as {@code loop} does. */
    TestGrpc(Clock clock, Scheduler loop, Workers workers) throws IOException {
        this(clock, loop, workers, null, NettyChannelBuilder::usePlaintext);
    }

    /** As {@link #TestGrpc(Clock, Scheduler, Workers)}, guarded. */
    TestGrpc(
            Clock clock,
            Scheduler loop,
            Workers workers,
            @Nullable WebSecurity security,
            UnaryOperator<NettyChannelBuilder> client)
            throws IOException {
        Filters filters = new Filters(new MatcherParser(MatcherMode.FALLBACK, warning -> {}));
        PageTokens tokens = new PageTokens(clock);
        Services services = new Services(
                new AlertService(hub, filters, tokens),
                new GroupService(hub, filters, tokens),
                new SilenceService(hub, filters, tokens, clock),
                new ReceiverService(
                        hub,
                        filters,
                        new NotificationMetrics(metrics, false).health(),
                        (receiver, labels, resolved, patience) ->
                                CompletableFuture.completedFuture(List.of(new ReceiverService.TestResult(
                                        "webhook[0]", true, "ok " + labels, false, Duration.ofMillis(5))))),
                new RouteService(hub),
                new NotificationService(journal, tokens),
                new ClusterService(hub));
        Executor threads = work -> Thread.ofVirtual().start(work);
        server = new GrpcServer("127.0.0.1:0", security, threads, clock, metrics);
        int port = server.bind(
                        services,
                        new Watches(hub, services, filters, clock, loop, workers, metrics, new Random(1)),
                        new JournalWatches(journal, clock, loop, metrics))
                .getPort();
        channel =
                client.apply(NettyChannelBuilder.forAddress("127.0.0.1", port)).build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.stop(Duration.ofSeconds(1));
        try {
            channel.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
