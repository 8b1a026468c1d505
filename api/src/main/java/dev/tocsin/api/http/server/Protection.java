package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Filter;
import dev.tocsin.api.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How a server's connections are protected, and what its answers say about it. Who may ask is the business of a
 * {@link Filter}. Safe for all threads.
 */
public interface Protection {
    /** Whether connections are secured. Never changes. */
    boolean tls();

    /** Whether HTTP/2 is offered to those who speak TLS. Never changes. */
    boolean http2();

    /**
     * An engine for a connection that has just come. Called with TLS only.
     *
     * @param protocols what ALPN offers, the preferred one first
     * @return completes on any thread
     */
    CompletionStage<SSLEngine> engine(List<String> protocols);

    /**
     * Whether somebody may send a body that did not come along with the head of its request. Asked before the rest of it is
     * read, so that strangers cannot fill the memory; the filters ask again.
     *
     * @param authorization the request's {@code Authorization} header; null if it has none
     * @return the answer that refuses it, or nothing; completes on any thread, or is complete already
     */
    CompletionStage<Optional<Response>> refusalOfBody(@Nullable String authorization);

    /** Headers that every answer carries unless it has them already. */
    List<Response.Header> headers();

    /** Plain text for everybody. */
    static Protection none() {
        return new Open();
    }
}
