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
        return security.judge(request.header("Authorization"))
                .thenCompose(admission -> admission
                        .refusal()
                        .<CompletionStage<Response>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> next.handle(request)));
    }
}
