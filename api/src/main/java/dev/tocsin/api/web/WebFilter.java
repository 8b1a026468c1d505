package dev.tocsin.api.web;

import dev.tocsin.api.http.AsyncHandler;
import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets those ask whom a web configuration admits: on every path, those that do not exist included. Safe for all threads. */
public final class WebFilter implements Filter {
    private final WebSecurity security;

    /** Does as {@code security} says at each request. */
    public WebFilter(WebSecurity security) {
        this.security = security;
    }

    @Override
    public CompletionStage<Response> apply(Request request, AsyncHandler next) {
        return security.admit(request.header("Authorization")).thenCompose(admission -> switch (admission) {
            case ADMITTED -> next.handle(request);
            case UNAUTHENTICATED -> with(Response.error(401, "Unauthorized\n").with("WWW-Authenticate", "Basic"));
            case TOO_MANY_REQUESTS -> with(Response.error(429, "Too Many Requests\n"));
            case BUSY ->
                with(Response.error(503, "Too many passwords wait to be checked, try again later.\n")
                        .with("Retry-After", "1"));
        });
    }

    private static CompletionStage<Response> with(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
