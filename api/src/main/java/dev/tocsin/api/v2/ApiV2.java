package dev.tocsin.api.v2;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Router;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.ingest.AlertDecoder;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.runtime.Clock;
import java.time.ZoneId;
import java.util.List;

/** The API of Alertmanager, version 2, over a hub; it sees paths from {@code /api/v2/} on. Safe for all threads. */
public final class ApiV2 implements Router {
    private final List<Operation> operations;
    private final Router router;

    /**
     * @param decoder reads posted alerts
     * @param parser reads matchers in queries
     * @param version what the status says of the program
     * @param zone in which times are shown that no client wrote: the process's own
     */
    public ApiV2(Hub hub, AlertDecoder decoder, MatcherParser parser, VersionInfo version, Clock clock, ZoneId zone) {
        GoJson style = new GoJson();
        Answers answers = new Answers(style);
        AlertQuery query = new AlertQuery(parser);
        AlertsResource alerts = new AlertsResource(hub, decoder, query, zone, style, answers);
        SilencesResource silences = new SilencesResource(hub, query, clock, style, answers);
        ReceiversResource receivers = new ReceiversResource(hub, query, answers);
        StatusResource status = new StatusResource(hub, version, zone, answers);
        operations = List.of(
                new Operation("GET", "/alerts", null, (Handler) alerts::list),
                new Operation("POST", "/alerts", "alerts", (AsyncHandler) alerts::post),
                new Operation("GET", "/alerts/groups", null, (Handler) alerts::groups),
                new Operation("GET", "/receivers", null, (Handler) receivers::list),
                new Operation("GET", "/silences", null, (Handler) silences::list),
                new Operation("POST", "/silences", "silence", (AsyncHandler) silences::post),
                new Operation("GET", "/silence/{silenceID}", null, (Handler) silences::show),
                new Operation("DELETE", "/silence/{silenceID}", null, (AsyncHandler) silences::delete),
                new Operation("GET", "/status", null, (Handler) request -> status.show()));
        router = new ApiRouter(operations, answers);
    }

    /** All operations. */
    List<Operation> operations() {
        return operations;
    }

    @Override
    public Match match(Request request) {
        return router.match(request);
    }
}
