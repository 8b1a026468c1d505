package dev.tocsin.notifiers.http.socket;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.message.TransportException;
import java.net.IDN;
import java.util.Locale;

/**
 * A host and a port.
 *
 * @param host a name in lower case or an address without brackets
 */
public record HostPort(String host, int port) {
    /** Where {@code url} leads; without a port it is the scheme's own. */
    public static HostPort of(Url url) throws TransportException {
        String text = url.host();
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        String host = colon > bracket ? text.substring(0, colon) : text;
        String port = colon > bracket ? text.substring(colon + 1) : "";
        if (bracket > 0 && host.startsWith("[")) {
            host = host.substring(1, bracket).replace("%25", "%");
        }
        return new HostPort(ascii(host), port.isEmpty() ? defaultPort(url.scheme()) : number(port));
    }

    private static String ascii(String host) throws TransportException {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80) {
                try {
                    return IDN.toASCII(host).toLowerCase(Locale.ROOT);
                } catch (IllegalArgumentException e) {
                    throw TransportException.broken("invalid URL host \"" + host + "\"");
                }
            }
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static int number(String port) throws TransportException {
        try {
            int number = Integer.parseInt(port);
            if (number <= 0xffff) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through: more digits than a number has
        }
        throw TransportException.broken("dial tcp: address " + port + ": invalid port");
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "https" -> 443;
            case "socks5", "socks5h" -> 1080;
            default -> 80;
        };
    }

    /** With brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
