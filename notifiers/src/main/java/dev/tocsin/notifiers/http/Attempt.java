package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.auth.Credentials;
import dev.tocsin.notifiers.http.auth.OAuth2Tokens;
import dev.tocsin.notifiers.http.auth.SentSecrets;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.connection.Progress;
import dev.tocsin.notifiers.http.connection.Transport;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its first byte to its answer, with all redirects and tokens. Runs on a virtual thread of its own, whose
 * interruption closes the socket whatever it waits for. {@link #expire} and {@link #result} may be called from any thread.
 */
final class Attempt implements Runnable, Progress {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    /** Requests in a chain of redirects, the first one included. */
    private static final int MAX_REQUESTS = 10;

    private final OutboundRequest request;
    private final Transport transport;
    private final Credentials credentials;
    private final @Nullable OAuth2Tokens tokens;
    private final boolean followRedirects;
    private final ConnectionMetrics.Dialer dialer;
    private final long untilNanos;
    private volatile boolean expired;
    private volatile boolean sent;
    private volatile boolean answered;
    private volatile @Nullable OutboundResult result;

    Attempt(
            OutboundRequest request,
            Transport transport,
            Credentials credentials,
            @Nullable OAuth2Tokens tokens,
            boolean followRedirects,
            ConnectionMetrics.Dialer dialer,
            long untilNanos) {
        this.request = request;
        this.transport = transport;
        this.credentials = credentials;
        this.tokens = tokens;
        this.followRedirects = followRedirects;
        this.dialer = dialer;
        this.untilNanos = untilNanos;
    }

    /** Says that time is up; the caller then interrupts the thread. */
    void expire() {
        expired = true;
    }

    /** What came of it, also if it still hangs somewhere. */
    OutboundResult result() {
        OutboundResult known = result;
        return known == null ? failure("context deadline exceeded", true) : known;
    }

    @Override
    public void run() {
        OutboundResult came;
        try {
            came = follow();
        } catch (TransportException e) {
            came = failure(String.valueOf(e.getMessage()), e.isUnreachable());
        } catch (IOException e) {
            came = failure(String.valueOf(e.getMessage()), false);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("component", "notifiers").setCause(e).log("A request failed unexpectedly");
            came = failure("internal error: " + e.getClass().getSimpleName(), false);
        } catch (InterruptedException e) {
            came = failure("context canceled", true);
        }
        result = came;
    }

    private OutboundResult failure(String message, boolean unreachable) {
        boolean hadNoConnection = !sent && !answered;
        return expired
                ? new OutboundResult.Failure("context deadline exceeded", true, sent, hadNoConnection)
                : new OutboundResult.Failure(message, false, sent, unreachable && !sent);
    }

    private OutboundResult follow() throws IOException, InterruptedException {
        OutboundRequest hop = request;
        for (int requests = 1; ; requests++) {
            OutboundResult.Answer answer = authorized(hop);
            Optional<OutboundRequest> next = followRedirects ? Redirects.next(hop, answer) : Optional.empty();
            if (next.isEmpty()) {
                return answer;
            }
            if (requests == MAX_REQUESTS) {
                throw TransportException.broken("stopped after " + MAX_REQUESTS + " redirects");
            }
            hop = next.get();
        }
    }

    /** With a token if there are tokens; a refused token is replaced once. */
    private OutboundResult.Answer authorized(OutboundRequest hop) throws IOException, InterruptedException {
        Url first = request.url();
        List<HttpField> fields = credentials.apply(hop, first);
        if (tokens == null || !Credentials.sameSite(first, hop.url())) {
            return send(hop, fields);
        }
        String token = tokens.authorization("", dialer, millisLeft());
        OutboundResult.Answer answer = send(hop, with(fields, token));
        if (answer.status() == 401) {
            String fresh = tokens.authorization(token, dialer, millisLeft());
            return fresh.equals(token) ? answer : send(hop, with(fields, fresh));
        }
        return answer;
    }

    private static List<HttpField> with(List<HttpField> fields, String authorization) {
        List<HttpField> all = new ArrayList<>(fields);
        all.removeIf(field -> field.name().equalsIgnoreCase("Authorization"));
        all.add(new HttpField("Authorization", authorization));
        return all;
    }

    private OutboundResult.Answer send(OutboundRequest hop, List<HttpField> fields)
            throws TransportException, InterruptedException {
        OutboundResult.Answer answer = transport.send(hop, fields, dialer, this, millisLeft());
        return answer.body().isEmpty()
                ? answer
                : SentSecrets.of(hop, fields, credentials).removedFrom(answer);
    }

    private long millisLeft() {
        return Math.max(1, (untilNanos - System.nanoTime()) / 1_000_000);
    }

    @Override
    public void sending() {
        sent = true;
    }

    @Override
    public void answered() {
        answered = true;
        sent = false;
    }
}
