package dev.tocsin.app;

import dev.tocsin.api.hub.HubApi;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.Filters;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.PageTokens;
import dev.tocsin.api.service.ReceiverService;
import dev.tocsin.api.service.RouteService;
import dev.tocsin.api.service.Services;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.core.hub.HubNode;
import dev.tocsin.core.hub.HubParts;
import dev.tocsin.core.matcher.MatcherParser;
import java.util.concurrent.Executor;

/** What clients may ask of a node, for all interfaces. Safe for all threads. */
final class Interfaces {
    private final HubParts parts;
    private final HubNode hub;
    private final Filters filters;
    private final Services services;

    /** @param threads runs what blocks */
    Interfaces(HubParts parts, HubNode hub, MatcherParser matchers, Executor threads) {
        this.parts = parts;
        this.hub = hub;
        this.filters = new Filters(matchers);
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
                new ClusterService(hub));
    }

    Services services() {
        return services;
    }

    HubApi hubApi() {
        return new HubApi(
                hub, services, filters, parts.clock(), parts.pipeline().externalUrl());
    }
}
