package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** No protection at all. */
record Open() implements Protection {
    @Override
    public boolean tls() {
        return false;
    }

    @Override
    public boolean http2() {
        return false;
    }

    @Override
    public CompletionStage<SSLEngine> engine(List<String> protocols) {
        throw new IllegalStateException("there is no TLS");
    }

    @Override
    public CompletionStage<Optional<Response>> refusalOfBody(@Nullable String authorization) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public List<Response.Header> headers() {
        return List.of();
    }
}
