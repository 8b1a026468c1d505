package dev.tocsin.notifiers.http.proxy;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.ProxyConfig;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.socket.HostPort;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says through which proxy an address is reached, by the configuration or by the environment. Immutable. */
public final class Proxies {
    private static final Set<String> SCHEMES = Set.of("http", "https", "socks5", "socks5h");

    private final @Nullable Url http;
    private final @Nullable Url https;
    private final @Nullable NoProxy noProxy;

    /**
     * Reads the settings.
     *
     * @param environment the process environment, heeded only if the configuration says so
     * @throws InvalidValueException if a proxy has a scheme that nobody speaks
     */
    public Proxies(ProxyConfig config, Map<String, String> environment) throws InvalidValueException {
        if (config.fromEnvironment()) {
            this.http = variable(environment, "HTTP_PROXY");
            this.https = variable(environment, "HTTPS_PROXY");
            this.noProxy = new NoProxy(value(environment, "NO_PROXY"));
        } else {
            this.http = checked(config.proxyUrl());
            this.https = http;
            // Without a no_proxy even the local machine is reached through the proxy.
            this.noProxy = config.noProxy().isEmpty() ? null : new NoProxy(config.noProxy());
        }
    }

    /** The way to {@code url}. */
    public Route route(Url url) throws TransportException {
        HostPort server = HostPort.of(url);
        boolean tls = switch (url.scheme()) {
            case "http" -> false;
            case "https" -> true;
            default -> throw TransportException.broken("unsupported protocol scheme \"" + url.scheme() + "\"");
        };
        Url proxy = tls ? https : http;
        return new Route(server, tls, noProxy != null && noProxy.covers(server) ? null : proxy);
    }

    private static @Nullable Url variable(Map<String, String> environment, String name) throws InvalidValueException {
        String text = value(environment, name);
        if (text.isEmpty()) {
            return null;
        }
        return checked(Url.parse(text.contains("://") ? text : "http://" + text));
    }

    private static @Nullable Url checked(@Nullable Url proxy) throws InvalidValueException {
        if (proxy == null || SCHEMES.contains(proxy.scheme())) {
            return proxy;
        }
        throw new InvalidValueException(
                "unsupported proxy scheme \"" + proxy.scheme() + "\": http, https, socks5 and socks5h are supported");
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
    }
}
