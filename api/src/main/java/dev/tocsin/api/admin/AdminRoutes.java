package dev.tocsin.api.admin;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Handler;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Health, readiness and reload (contract section 7.1). Safe for all threads. */
public final class AdminRoutes {
    private final Supplier<@Nullable String> unready;
    private final Supplier<CompletionStage<@Nullable String>> reload;

    /**
     * @param unready why the node does not want traffic yet, or null if it does; quick and safe for all threads
     * @param reload reads the configuration again; completes with null, or with what is wrong with it
     */
    public AdminRoutes(Supplier<@Nullable String> unready, Supplier<CompletionStage<@Nullable String>> reload) {
        this.unready = unready;
        this.reload = reload;
    }

    /** The routes. */
    public List<Route> routes() {
        AsyncHandler healthy = request -> done(ok(request));
        AsyncHandler ready = request -> done(ready(request));
        AsyncHandler nothing = request -> done(Response.error(404, "404 page not found\n"));
        return List.of(
                new Route("GET", "/-/healthy", healthy),
                new Route("HEAD", "/-/healthy", healthy),
                new Route("GET", "/-/ready", ready),
                new Route("HEAD", "/-/ready", ready),
                new Route("POST", "/-/reload", (Handler) this::reload),
                new Route("GET", "/debug/*subpath", nothing),
                new Route("POST", "/debug/*subpath", nothing),
                new Route("GET", "/assets/*path", nothing),
                new Route("GET", "/favicon.ico", nothing));
    }

    private static Response ok(Request request) {
        return request.is("HEAD") ? Response.empty(200) : Response.text(200, "OK");
    }

    private Response ready(Request request) {
        String reason = unready.get();
        return reason == null ? ok(request) : Response.error(503, reason + "\n");
    }

    /** Waits on its worker: a reload reads files. */
    private Response reload(Request request) {
        String trouble;
        try {
            trouble = reload.get().toCompletableFuture().join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            trouble = String.valueOf(cause.getMessage());
        }
        return trouble == null
                ? Response.empty(200)
                : Response.error(500, "failed to reload config: " + trouble + "\n");
    }

    private static CompletionStage<Response> done(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
