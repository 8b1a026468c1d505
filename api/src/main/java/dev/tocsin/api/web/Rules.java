package dev.tocsin.api.web;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.tls.server.ServerEngines;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in force. Immutable.
 *
 * @param engines null without TLS
 * @param headers what every answer carries
 * @param users hashes by name; empty if everybody may ask
 * @param bucket null without a rate limit
 */
record Rules(
        @Nullable ServerEngines engines,
        List<Response.Header> headers,
        Map<String, BcryptHash> users,
        @Nullable TokenBucket bucket) {}
