package dev.tocsin.notifiers.http.auth;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.AuthorizationConfig;
import dev.tocsin.core.config.http.BasicAuthConfig;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.config.http.HttpHeaderConfig;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.Userinfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Adds what a configuration wants in every request: credentials and headers. After a redirect to a foreign server, or from
 * https to http, secrets stay behind. Stateless; files are read for each request.
 */
public final class Credentials {
    private final HttpClientConfig config;

    /** Reads nothing yet. */
    public Credentials(HttpClientConfig config) {
        this.config = config;
    }

    /**
     * The headers of {@code request} and those of the configuration.
     *
     * @param first where the first request of the chain of redirects went
     * @throws IOException if a file cannot be read; the message is complete
     */
    public List<HttpField> apply(OutboundRequest request, Url first) throws IOException {
        boolean trusted = sameSite(first, request.url());
        List<HttpField> fields = new ArrayList<>(request.fields());
        if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("Authorization"))) {
            authorization(request.url(), trusted, fields);
        }
        for (Map.Entry<String, HttpHeaderConfig> header : config.headers().entrySet()) {
            String name = header.getKey();
            for (String value : header.getValue().values()) {
                fields.add(new HttpField(name, value));
            }
            if (trusted) {
                for (Secret secret : header.getValue().secrets()) {
                    fields.add(new HttpField(name, secret.reveal()));
                }
                for (String file : header.getValue().files()) {
                    fields.add(new HttpField(name, Secrets.file(file, "header " + name)));
                }
            }
        }
        return fields;
    }

    /** Whether the configuration gives a header of this name a value that is a secret. */
    public boolean isSecret(String name) {
        for (Map.Entry<String, HttpHeaderConfig> header : config.headers().entrySet()) {
            boolean secret = !header.getValue().secrets().isEmpty()
                    || !header.getValue().files().isEmpty();
            if (secret && header.getKey().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private void authorization(Url url, boolean trusted, List<HttpField> fields) throws IOException {
        if (url.username() != null) {
            fields.add(new HttpField("Authorization", Userinfo.basic(Userinfo.username(url), Userinfo.password(url))));
            return;
        }
        if (!trusted) {
            return;
        }
        BasicAuthConfig basic = config.basicAuth();
        if (basic != null) {
            String username = basic.usernameFile().isEmpty()
                    ? basic.username()
                    : Secrets.file(basic.usernameFile(), "basic auth username");
            String password = read(basic.password(), "basic auth password");
            fields.add(new HttpField("Authorization", Userinfo.basic(username, password)));
            return; // also if an integration brought a token of its own
        }
        AuthorizationConfig authorization = config.authorization();
        if (authorization != null) {
            String credentials = read(authorization.credentials(), "authorization credentials");
            fields.add(new HttpField("Authorization", authorization.type() + " " + credentials));
        }
    }

    /**
     * Whether what is meant for the server of {@code first} may be told to the server of {@code next}: the same host or one
     * below it, and not in the clear what was encrypted.
     */
    public static boolean sameSite(Url first, Url next) {
        if (first.scheme().equals("https") && !next.scheme().equals("https")) {
            return false;
        }
        String from = first.host().toLowerCase(Locale.ROOT);
        String to = next.host().toLowerCase(Locale.ROOT);
        return from.equals(to) || to.endsWith("." + from);
    }

    private static String read(SecretSource source, String what) throws IOException {
        return Secrets.read(source, what);
    }
}
