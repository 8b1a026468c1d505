package dev.tocsin.api.admin;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a browser sees at the root: what this is, and where to ask. Immutable; safe for all threads. */
public final class FrontPage {
    private final Response page;

    /** @param version Tocsin's version */
    public FrontPage(String version) {
        page = Response.bytes(200, "text/html; charset=utf-8", html(version).getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-cache, no-store, must-revalidate")
                .with("Pragma", "no-cache")
                .with("Expires", "0");
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(new Route("GET", "/", (AsyncHandler) request -> CompletableFuture.completedFuture(page)));
    }

    private static String html(String version) {
        String safe = version.replace("&", "&amp;").replace("<", "&lt;");
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Tocsin</title>
                </head>
                <body>
                <h1>Tocsin</h1>
                <p>Version %s. This node takes alerts, groups them and notifies.</p>
                <ul>
                <li><a href="api/v2/alerts">Alerts</a> and <a href="api/v2/alerts/groups">their groups</a></li>
                <li><a href="api/v2/silences">Silences</a></li>
                <li><a href="api/v2/receivers">Receivers</a></li>
                <li><a href="api/v2/status">Status and configuration</a></li>
                <li><a href="metrics">Metrics</a></li>
                </ul>
                </body>
                </html>
                """.formatted(safe);
    }
}
