package dev.tocsin.api.web;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.tls.server.ServerTls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a web configuration says. Immutable.
 *
 * @param tls null for plain text
 * @param http2 whether HTTP/2 is offered; only over TLS
 * @param headers what every answer carries
 * @param users the names of those who may ask, with their hashes; empty for everybody
 * @param rateLimit null for none
 */
public record WebConfig(
        @Nullable ServerTls tls,
        boolean http2,
        List<Response.Header> headers,
        Map<String, BcryptHash> users,
        @Nullable RateLimit rateLimit) {
    /** Copies the collections. */
    public WebConfig {
        headers = List.copyOf(headers);
        users = Map.copyOf(users);
    }
}
