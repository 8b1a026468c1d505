package dev.tocsin.notifiers.http.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.OAuth2Config;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.connection.Progress;
import dev.tocsin.notifiers.http.connection.Transport;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.message.Userinfo;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fetches access tokens with the client credentials grant (RFC 6749 section 4.4) and keeps them until shortly before they
 * expire. Guarded by its own lock: who needs a token while one is being fetched waits for it.
 */
public final class OAuth2Tokens {
    /** A token is renewed that much before its end, so that it does not end on its way. */
    private static final long MARGIN_NANOS = 10_000_000_000L;

    private static final int QUOTED = 512;

    private final OAuth2Config config;
    private final Url tokenUrl;
    private final Transport transport;
    private final JsonFactory json = new JsonFactory();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Token token;
    /** Whether the server wants the secret in the body; it is told in a header until that fails (RFC 6749 section 2.3.1). */
    private boolean secretInBody;

    /**
     * A token as a header.
     *
     * @param authorization such as {@code Bearer abc}
     * @param endNanos when it is renewed
     * @param secret what it was fetched with: another secret needs another token
     */
    private record Token(Secret authorization, long endNanos, Secret secret) {}

    /**
     * Asks nobody yet.
     *
     * @param transport the way to the token server; closed with this
     * @throws InvalidValueException if the address of the token server is none
     */
    public OAuth2Tokens(OAuth2Config config, Transport transport) throws InvalidValueException {
        this.config = config;
        this.tokenUrl = Url.parseHttp(config.tokenUrl());
        this.transport = transport;
    }

    /**
     * The value of the {@code Authorization} header.
     *
     * @param refused a value that the receiver has just refused, so that it is not given again; empty if there is none
     */
    public String authorization(String refused, ConnectionMetrics.Dialer dialer, long millis)
            throws IOException, InterruptedException {
        Secret secret = new Secret(Secrets.read(config.clientSecret(), "oauth2 client secret"));
        lock.lockInterruptibly();
        try {
            Token known = token;
            if (known == null
                    || known.endNanos() - System.nanoTime() <= 0
                    || !known.secret().equals(secret)
                    || known.authorization().reveal().equals(refused)) {
                known = fetch(secret, dialer, millis);
                token = known;
            }
            return known.authorization().reveal();
        } finally {
            lock.unlock();
        }
    }

    private Token fetch(Secret secret, ConnectionMetrics.Dialer dialer, long millis)
            throws IOException, InterruptedException {
        OutboundResult.Answer answer = ask(secret, secretInBody, dialer, millis);
        if (!answer.success() && !secretInBody) {
            OutboundResult.Answer second = ask(secret, true, dialer, millis);
            if (second.success()) {
                secretInBody = true;
                answer = second;
            }
        }
        return read(answer, secret);
    }

    private OutboundResult.Answer ask(Secret secret, boolean inBody, ConnectionMetrics.Dialer dialer, long millis)
            throws IOException, InterruptedException {
        Map<String, String> form = new TreeMap<>(config.endpointParams());
        form.put("grant_type", "client_credentials");
        if (!config.scopes().isEmpty()) {
            form.put("scope", String.join(" ", config.scopes()));
        }
        HttpField type = new HttpField("Content-Type", "application/x-www-form-urlencoded");
        List<HttpField> fields = List.of(type);
        if (inBody) {
            form.put("client_id", config.clientId());
            form.put("client_secret", secret.reveal());
        } else {
            String basic = Userinfo.basic(encode(config.clientId()), encode(secret.reveal()));
            fields = List.of(new HttpField("Authorization", basic), type);
        }
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        OutboundRequest request =
                new OutboundRequest("POST", tokenUrl, fields, body.toString().getBytes(StandardCharsets.US_ASCII));
        return transport.send(request, fields, dialer, new Unheeded(), millis);
    }

    private Token read(OutboundResult.Answer answer, Secret secret) throws TransportException {
        Map<String, String> values = values(answer);
        String accessToken = values.getOrDefault("access_token", "");
        if (!answer.success() || accessToken.isEmpty()) {
            throw TransportException.broken(refusal(answer, values, secret));
        }
        String type = values.getOrDefault("token_type", "");
        String scheme = type.isEmpty() || type.equalsIgnoreCase("bearer") ? "Bearer" : type;
        return new Token(new Secret(scheme + " " + accessToken), end(values.getOrDefault("expires_in", "")), secret);
    }

    private static String refusal(OutboundResult.Answer answer, Map<String, String> values, Secret secret) {
        String error = values.getOrDefault("error", "");
        String text;
        if (!error.isEmpty()) {
            String description = values.getOrDefault("error_description", "");
            text = "oauth2: \"" + error + "\"" + (description.isEmpty() ? "" : " \"" + description + "\"");
        } else if (answer.success()) {
            text = "oauth2: server response missing access_token";
        } else {
            text = "oauth2: cannot fetch token: " + answer.status();
        }
        String bounded = text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
        // Some servers repeat what they were sent.
        return secret.isEmpty() ? bounded : bounded.replace(secret.reveal(), Secret.MASK);
    }

    /** A token without an end is kept until it is refused. */
    private static long end(String expiresIn) {
        try {
            double seconds = expiresIn.isEmpty() ? 0 : Double.parseDouble(expiresIn);
            if (seconds > 0) {
                return System.nanoTime() + (long) (Math.min(seconds, 1e9) * 1e9) - MARGIN_NANOS;
            }
        } catch (NumberFormatException e) {
            // falls through: a server that does not count in seconds
        }
        return System.nanoTime() + Long.MAX_VALUE / 2;
    }

    /** The members of the answer: a JSON object, or a form as some servers answer. */
    private Map<String, String> values(OutboundResult.Answer answer) {
        Map<String, String> values = new HashMap<>();
        if (answer.field("Content-Type").startsWith("application/x-www-form-urlencoded")
                || answer.field("Content-Type").startsWith("text/plain")) {
            for (String pair : answer.body().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
                }
            }
        }
        try (JsonParser parser = json.createParser(answer.body())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    if (parser.nextToken().isScalarValue()) {
                        values.put(name, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            // No token then, which is what the caller reports.
        }
        return values;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Closes the connections to the token server. */
    public void close() {
        transport.close();
    }

    /** What happens to token requests says nothing about the notification. */
    private static final class Unheeded implements Progress {
        @Override
        public void sending() {}

        @Override
        public void answered() {}
    }
}
