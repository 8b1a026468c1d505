package dev.tocsin.api;

import dev.tocsin.api.admin.AdminRoutes;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.api.http.server.HttpServerOptions;
import dev.tocsin.api.http.server.Protection;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.http.server.TestServer;
import dev.tocsin.api.hub.HubApi;
import dev.tocsin.api.metrics.MetricsRoutes;
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
import dev.tocsin.api.v2.ApiV2;
import dev.tocsin.api.v2.VersionInfo;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.api.web.Visits;
import dev.tocsin.core.ask.LoneAsks;
import dev.tocsin.core.ingest.AlertDecoder;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.MemoryJournal;
import dev.tocsin.core.journal.peer.PeerJournals;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A whole interface over a fake hub, on a free port. */
public final class TestInterface implements AutoCloseable {
    /** The hub behind. */
    public final FakeHub hub = new FakeHub();

    /** Why the node is not ready; null if it is. */
    public volatile @Nullable String unready;

    /** What a reload gives. */
    public volatile CompletionStage<@Nullable String> reload = CompletableFuture.completedFuture(null);

    /** What answers below {@code /api/v2/}. */
    public final ApiV2 apiV2;

    /** What answers below {@code /api/hub/v1/}. */
    public final HubApi hubApi;

    /** What test notifications come to. */
    public volatile CompletionStage<List<ReceiverService.TestResult>> testAnswer =
            CompletableFuture.completedFuture(List.of());

    /** The node's journal. */
    public final MemoryJournal journal;

    private final TestLoop loop = new TestLoop();
    private final Late late = new Late();
    private final TestServer server;

    /** Serves below {@code prefix}; times that no client wrote are shown in {@code zone}. */
    public TestInterface(String prefix, ZoneId zone, Clock clock) {
        this(prefix, zone, clock, Protection.none(), List.of(), Visits.unguarded());
    }

    /** Serves below {@code prefix}, guarded. */
    public TestInterface(
            String prefix, ZoneId zone, Clock clock, Protection protection, List<Filter> filters, Visits visits) {
        server = new TestServer(TestServer.options(HttpServerOptions.Limits.DEFAULT), protection, filters, late);
        apiV2 = new ApiV2(
                hub,
                new AlertDecoder(new StringInterner(1024)),
                new MatcherParser(MatcherMode.FALLBACK, warning -> {}),
                new VersionInfo(VersionInfo.COMPATIBLE_VERSION, "tocsin-0.1.0", "tocsin", "", "", "java25"),
                clock,
                zone);
        Filters conditions = new Filters(new MatcherParser(MatcherMode.FALLBACK, warning -> {}));
        PageTokens tokens = new PageTokens(clock);
        journal = new MemoryJournal("hub-1", clock, server.metrics(), 1000, 1 << 20);
        ClusterJournal journals = new PeerJournals(journal, new LoneAsks("hub-1", loop), clock, loop, loop);
        Services services = new Services(
                new AlertService(hub, conditions, tokens),
                new GroupService(hub, conditions, tokens),
                new SilenceService(hub, conditions, tokens, clock),
                new ReceiverService(
                        hub,
                        conditions,
                        new NotificationMetrics(server.metrics(), false).health(),
                        (receiver, labels, resolved, patience) -> testAnswer),
                new RouteService(hub),
                new NotificationService(journals, tokens),
                new ClusterService(hub));
        Watches watches = new Watches(hub, services, conditions, clock, loop, loop, server.metrics(), new Random(1));
        URI external = URI.create("https://hub.example.org/x");
        JournalWatches followed = new JournalWatches(journals, clock, loop, server.metrics());
        hubApi = new HubApi(hub, services, watches, followed, conditions, clock, server.metrics(), external, visits);
        late.router = new HttpInterface(
                prefix,
                "0.1.0",
                apiV2,
                hubApi,
                new AdminRoutes(() -> unready, () -> reload),
                new MetricsRoutes(server.metrics()));
    }

    /** Serves at the root, with times in UTC. */
    public TestInterface() {
        this("/", ZoneId.of("UTC"), new SystemClock());
    }

    private static final class Late implements Router {
        private volatile @Nullable Router router;

        @Override
        public Match match(Request request) {
            Router known = router;
            if (known == null) {
                throw new IllegalStateException("not ready");
            }
            return known.match(request);
        }
    }

    /** Runs {@code task} on the hub loop, soon. */
    public void onLoop(Runnable task) {
        loop.execute(task);
    }

    /** The value of a gauge without labels. */
    public double metric(String name) {
        return new MetricValues(server.metrics()).value(name);
    }

    /** The server. */
    public TestServer server() {
        return server;
    }

    /** Sends one request on a connection of its own. */
    public RawClient.Answer send(String method, String target, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (RawClient client = server.connect()) {
            return client.send(head.append("\r\n").toString()).send(bytes).read(!method.equals("HEAD"));
        }
    }

    /** Sends a GET. */
    public RawClient.Answer get(String target) throws IOException {
        return send("GET", target, Map.of(), "");
    }

    /** Sends a POST of JSON. */
    public RawClient.Answer post(String target, String body) throws IOException {
        return send("POST", target, Map.of("Content-Type", "application/json"), body);
    }

    @Override
    public void close() {
        hubApi.endStreams();
        server.close();
        loop.close();
    }
}
