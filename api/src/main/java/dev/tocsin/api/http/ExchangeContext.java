package dev.tocsin.api.http;

import dev.tocsin.core.runtime.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * What all exchanges of a server share.
 *
 * @param stopping whether answers must be the last ones on their connections
 */
record ExchangeContext(
        HttpServerOptions options,
        Router router,
        List<Filter> filters,
        Executor workers,
        Clock clock,
        ResponseEncoder encoder,
        GetLimit getLimit,
        RequestMetrics metrics,
        BooleanSupplier stopping,
        Logger log) {}
