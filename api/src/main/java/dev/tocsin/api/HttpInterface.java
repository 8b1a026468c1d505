package dev.tocsin.api;

import dev.tocsin.api.admin.AdminRoutes;
import dev.tocsin.api.admin.FrontPage;
import dev.tocsin.api.admin.VersionOne;
import dev.tocsin.api.http.PlainRouter;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Route;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.metrics.MetricsRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that a node answers over HTTP, in one router (contract section 7.1). Safe for all threads. */
public final class HttpInterface implements Router {
    private final Router router;

    /**
     * @param prefix where everything hangs; slashes around it do not matter, {@code /} or empty for the root
     * @param version Tocsin's version, for the front page
     * @param apiV2 what answers below {@code /api/v2/}
     * @param hubApi what answers below {@code /api/hub/v1/}
     */
    public HttpInterface(
            String prefix, String version, Router apiV2, Router hubApi, AdminRoutes admin, MetricsRoutes metrics) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new FrontPage(version).routes());
        routes.addAll(admin.routes());
        routes.addAll(metrics.routes());
        routes.addAll(new VersionOne().routes());
        router = new PlainRouter(
                PlainRouter.normalPrefix(prefix), routes, Map.of("/api/v2/", apiV2, "/api/hub/v1/", hubApi));
    }

    @Override
    public Match match(Request request) {
        return router.match(request);
    }
}
