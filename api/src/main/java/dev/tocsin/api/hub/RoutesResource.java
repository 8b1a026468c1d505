package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.RouteJson;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.RouteService;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.route.RouteWalk;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /routes}: the routing tree, and where an alert would go. Safe for all threads. */
final class RoutesResource {
    private final RouteService routes;

    RoutesResource(RouteService routes) {
        this.routes = routes;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get("/routes", Set.of(), request -> tree()),
                HubOperation.post("/routes/test", this::test));
    }

    private Response tree() {
        RouteTree tree = routes.tree();
        return Answers.object(json -> {
            json.writeFieldName("root");
            RouteJson.tree(json, tree.root());
        });
    }

    private Response test(HubRequest request) throws ProblemException {
        Fields body = request.body();
        Map<String, String> labels = body.map("labels");
        body.done();
        RouteWalk walk = routes.match(labels);
        return Answers.object(json -> {
            json.writeArrayFieldStart("receivers");
            for (Route route : walk.selected()) {
                json.writeString(route.options().receiver());
            }
            json.writeEndArray();
            json.writeFieldName("walk");
            RouteJson.walk(json, walk);
        });
    }
}
