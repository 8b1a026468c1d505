package dev.tocsin.notifiers.http.proxy;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.socket.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * What makes connections interchangeable: the server, whether it talks TLS, and the proxy on the way.
 *
 * @param proxy null if the server is reached without one
 */
public record Route(HostPort server, boolean tls, @Nullable Url proxy) {
    /** Whether requests name the whole address, because a proxy reads them. */
    public boolean absoluteForm() {
        return proxy != null && !tls && !proxy.scheme().startsWith("socks");
    }
}
