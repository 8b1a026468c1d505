package dev.tocsin.api.hub;

import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.hub.request.MatcherInput;
import dev.tocsin.api.service.Filters;
import dev.tocsin.api.service.Services;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.api.web.Visits;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The hub API over the services that gRPC has, too; it sees paths from {@code /api/hub/v1/} on. Safe for all threads. */
public final class HubApi implements Router {
    private final List<HubOperation> operations;
    private final Router router;
    private final Streams streams;

    /**
     * @param filters reads matchers
     * @param externalUrl the hub's public address: pages of this origin may change things
     * @param visits ends the streams of those who may not be here any more
     */
    public HubApi(
            Hub hub,
            Services services,
            Watches watches,
            JournalWatches journals,
            Filters filters,
            Clock clock,
            Metrics metrics,
            URI externalUrl,
            Visits visits) {
        MatcherInput matchers = new MatcherInput(filters);
        Documents documents = new Documents();
        streams = new Streams(metrics);
        List<HubOperation> all = new ArrayList<>();
        all.addAll(new AlertsResource(services.alerts(), clock).operations());
        all.addAll(new GroupsResource(services.groups(), clock).operations());
        all.addAll(new BulkSilences(hub, services.silences(), matchers).operations());
        all.addAll(new SilencesResource(services.silences(), matchers, clock).operations());
        all.addAll(new LabelsResource(hub, filters).operations());
        all.addAll(new RoutesResource(services.routes()).operations());
        all.addAll(new WhatIfResource(services.routes(), matchers).operations());
        all.addAll(new NotificationsResource(services.notifications()).operations());
        all.addAll(new ReceiversResource(hub, services.receivers()).operations());
        all.addAll(new ClusterResource(hub, services.cluster(), services.groups()).operations());
        all.addAll(new StreamResource(watches, journals, clock, streams, visits).operations());
        all.add(HubOperation.get("/openapi.json", Set.of(), request -> documents.hub()));
        all.add(HubOperation.get("/openapi-v2.json", Set.of(), request -> documents.apiV2()));
        operations = List.copyOf(all);
        router = new HubRouter(operations, new SameOrigin(externalUrl));
    }

    /** All operations. */
    List<HubOperation> operations() {
        return operations;
    }

    /** The open streams. */
    Streams streams() {
        return streams;
    }

    /** Ends all streams, so that the server need not wait for their clients. */
    public void endStreams() {
        streams.end();
    }

    @Override
    public Match match(Request request) {
        return router.match(request);
    }
}
