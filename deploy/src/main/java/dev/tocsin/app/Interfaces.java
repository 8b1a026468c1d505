package dev.tocsin.app;

import dev.tocsin.api.grpc.GrpcServer;
import dev.tocsin.api.hub.HubApi;
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
import dev.tocsin.api.web.Visits;
import dev.tocsin.api.web.WebSecurity;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.matcher.MatcherParser;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What clients may ask of a node, for all interfaces. Safe for all threads. */
final class Interfaces {
    private final HubParts parts;
    private final Services services;
    private final Watches watches;
    private final JournalWatches journalWatches;
    private final HubApi hubApi;

    /**
     * @param guard the rules of all ports; null if there are none
     * @param threads runs what blocks
     * @param random tells the views of this node from those of others
     */
    Interfaces(
            HubParts parts,
            HubNode hub,
            MatcherParser matchers,
            @Nullable WebSecurity guard,
            Executor threads,
            RandomGenerator random) {
        this.parts = parts;
        Filters filters = new Filters(matchers);
        PageTokens tokens = new PageTokens(parts.clock());
        this.services = new Services(
                new AlertService(hub, filters, tokens),
                new GroupService(hub, filters, tokens),
                new SilenceService(hub, filters, tokens, parts.clock()),
                new ReceiverService(
                        hub,
                        filters,
                        parts.pipeline().sender().metrics().health(),
                        new ReceiverTester(parts, hub::config, threads)),
                new RouteService(hub),
                new NotificationService(parts.history(), tokens),
                new ClusterService(hub));
        this.watches = new Watches(
                hub, services, filters, parts.clock(), parts.loop(), parts.workers(), parts.metrics(), random);
        this.journalWatches = new JournalWatches(parts.history(), parts.clock(), parts.loop(), parts.metrics());
        this.hubApi = new HubApi(
                hub,
                services,
                watches,
                journalWatches,
                filters,
                parts.clock(),
                parts.metrics(),
                parts.pipeline().externalUrl(),
                guard == null ? Visits.unguarded() : guard);
    }

    Services services() {
        return services;
    }

    Watches watches() {
        return watches;
    }

    /**
     * Takes the gRPC port. Calls are answered once it serves.
     *
     * @param guard the rules of the HTTP port; null if it has none
     * @param threads runs the calls
     * @throws StartupException if the port cannot be had
     */
    GrpcServer bindGrpc(String address, @Nullable WebSecurity guard, Executor threads) throws StartupException {
        GrpcServer server = new GrpcServer(address, guard, threads, parts.clock(), parts.metrics());
        try {
            server.bind(services, watches, journalWatches);
        } catch (IOException | IllegalArgumentException e) {
            server.stop(Duration.ZERO);
            throw new StartupException(
                    "Unable to listen for gRPC (--grpc.listen-address; empty turns it off)",
                    String.valueOf(e.getMessage()));
        }
        return server;
    }

    HubApi hubApi() {
        return hubApi;
    }

    /** Ends what clients listen to without an end, so that the node can stop. */
    void endStreams() {
        hubApi.endStreams();
    }
}
