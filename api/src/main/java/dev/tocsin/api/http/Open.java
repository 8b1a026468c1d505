package dev.tocsin.api.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;

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
    public List<Response.Header> headers() {
        return List.of();
    }
}
