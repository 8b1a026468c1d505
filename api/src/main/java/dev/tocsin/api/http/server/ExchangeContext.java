package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Router;
import dev.tocsin.core.runtime.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;

/** What all exchanges of a server share. */
record ExchangeContext(
        HttpServerOptions options,
        Router router,
        List<Filter> filters,
        Executor workers,
        Clock clock,
        Protection protection,
        ResponseEncoder encoder,
        GetLimit getLimit,
        RequestMetrics metrics,
        Logger log) {}
