package dev.tocsin.core.config.http;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.Url;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way through a proxy.
 *
 * @param proxyUrl null if there is none
 * @param noProxy hosts that are reached without it, separated by commas; only set with a {@code proxyUrl}
 * @param fromEnvironment whether {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} decide; not with a {@code proxyUrl}
 * @param connectHeader headers of CONNECT requests: name to values
 */
public record ProxyConfig(
        @Nullable Url proxyUrl, String noProxy, boolean fromEnvironment, Map<String, List<Secret>> connectHeader) {
    /** No proxy. */
    public static final ProxyConfig NONE = new ProxyConfig(null, "", false, Map.of());
}
