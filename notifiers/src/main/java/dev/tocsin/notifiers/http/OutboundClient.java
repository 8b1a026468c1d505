package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.BasicAuthConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.OAuth2Config;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.trace.Tracer;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.auth.Credentials;
import dev.tocsin.notifiers.http.auth.OAuth2Tokens;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.connection.Transport;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.socket.Names;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of integrations that have one {@code http_config} (contract section 2.8). Connections are kept between
 * requests; nothing is opened or loaded before the first one. Safe for all threads.
 */
public final class OutboundClient {
    /** More than any flush has; keeps nanoseconds within a long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** How long an attempt that was called off may take to end. */
    private static final Duration ENDING = Duration.ofSeconds(1);

    private final HttpClientConfig config;
    private final Transport transport;
    private final Credentials credentials;
    private final @Nullable OAuth2Tokens tokens;
    private final Tracer tracer;

    OutboundClient(
            HttpClientConfig config, Names names, Map<String, String> environment, String userAgent, Tracer tracer)
            throws NotifierBuildException {
        this.config = config;
        this.tracer = tracer;
        try {
            refuseReferences(config);
            this.transport = new Transport(config.tls(), config.proxy(), names, environment, userAgent);
            this.transport.check();
            this.credentials = new Credentials(config);
            OAuth2Config oauth2 = config.oauth2();
            if (oauth2 == null) {
                this.tokens = null;
            } else {
                Transport toServer = new Transport(oauth2.tls(), oauth2.proxy(), names, environment, userAgent);
                toServer.check();
                this.tokens = new OAuth2Tokens(oauth2, toServer);
            }
        } catch (TlsException | InvalidValueException e) {
            throw new NotifierBuildException("http_config: " + e.getMessage());
        }
    }

    /**
     * Sends a request and reads the answer. Blocks. The request says of which span it is part, if the thread has one.
     *
     * @param dialer counts the connections
     * @param limit how long everything may take, from the look-up of the name to the end of the body
     * @throws InterruptedException if the caller was interrupted and no status had come; the socket is closed
     */
    public OutboundResult exchange(OutboundRequest request, ConnectionMetrics.Dialer dialer, Duration limit)
            throws InterruptedException {
        Duration bounded = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
        long until = System.nanoTime() + bounded.toNanos();
        OutboundRequest traced = request.with(tracer.current().headers());
        Attempt attempt = new Attempt(traced, transport, credentials, tokens, config.followRedirects(), dialer, until);
        if (!bounded.isPositive()) {
            attempt.expire();
            return attempt.result();
        }
        Thread thread = Thread.ofVirtual().name("tocsin-outbound").start(attempt);
        try {
            if (!thread.join(bounded)) {
                attempt.expire();
                thread.interrupt();
                thread.join(ENDING);
            }
            return attempt.result();
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join(ENDING);
            if (attempt.result() instanceof OutboundResult.Answer answer) {
                Thread.currentThread().interrupt();
                return answer;
            }
            throw e;
        }
    }

    private static void refuseReferences(HttpClientConfig config) throws InvalidValueException {
        BasicAuthConfig basic = config.basicAuth();
        AuthorizationConfig authorization = config.authorization();
        OAuth2Config oauth2 = config.oauth2();
        if (basic != null
                && !(basic.usernameRef().isEmpty() && basic.passwordRef().isEmpty())) {
            throw new InvalidValueException("references to a secret store are not supported in basic_auth");
        }
        if (authorization != null && !authorization.credentialsRef().isEmpty()) {
            throw new InvalidValueException("references to a secret store are not supported in authorization");
        }
        if (oauth2 != null && !oauth2.clientSecretRef().isEmpty()) {
            throw new InvalidValueException("references to a secret store are not supported in oauth2");
        }
        if (oauth2 != null && oauth2.jwt() != null) {
            throw new InvalidValueException("oauth2 grant_type " + OAuth2Config.JWT_BEARER + " is not supported yet");
        }
    }

    /** How many connections are kept. */
    int idleConnections() {
        return transport.idleConnections();
    }

    void close() {
        transport.close();
        if (tokens != null) {
            tokens.close();
        }
    }
}
