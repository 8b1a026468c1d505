package dev.tocsin.api.http.server;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The grammar of listen addresses (contract section 1.2). */
public final class ListenAddress {
    private ListenAddress() {}

    /**
     * The socket address for {@code host:port}, {@code :port} (all interfaces) or {@code [::1]:port}. Host names are
     * looked up.
     *
     * @throws IllegalArgumentException if the text has no port or the host is unknown; the message names the text
     */
    public static InetSocketAddress parse(String text) {
        if (text.startsWith("vsock://")) {
            throw new IllegalArgumentException("listen address " + text + ": vsock is not supported");
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("listen address " + text + ": missing port in address");
        }
        String host = text.substring(0, colon);
        int port = port(text, text.substring(colon + 1));
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("listen address " + text + ": too many colons in address");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("listen address " + text + ": no such host", e);
        }
    }

    private static int port(String text, String digits) {
        int port = -1;
        try {
            port = Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            // out of range is the answer to this, too
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("listen address " + text + ": invalid port");
        }
        return port;
    }

    /** {@code ip:port} as clients write it; IPv6 addresses are short and stand in brackets. */
    public static String format(InetSocketAddress address) {
        return NetUtil.toSocketAddressString(address);
    }
}
