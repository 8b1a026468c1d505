package dev.tocsin.cluster.atomix.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address as people write it.
 *
 * @param host a name or an IP address, without brackets; empty for all interfaces
 * @param port 0 to 65535
 */
public record HostAndPort(String host, int port) {
    /** Checks the port. */
    public HostAndPort {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Reads {@code host:port}, {@code :port} or {@code [ipv6]:port}.
     *
     * @throws IllegalArgumentException if it is none of them; the message repeats the text
     */
    public static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (colon < 0 || (bracketed && (colon < 2 || text.charAt(colon - 1) != ']'))) {
            throw new IllegalArgumentException("address " + text + ": missing port in address");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("address " + text + ": too many colons in address");
        }
        try {
            return new HostAndPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address " + text + ": invalid port", e);
        }
    }

    /** An IP address and a port that can be dialed; null if the text is anything else. No name is looked up. */
    static @Nullable InetSocketAddress reachable(String text) {
        try {
            HostAndPort at = parse(text);
            InetAddress ip = InetAddress.ofLiteral(at.host());
            return at.port() == 0 || ip.isAnyLocalAddress() ? null : new InetSocketAddress(ip, at.port());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The numbers of a resolved address; no name is looked up. */
    static HostAndPort of(InetSocketAddress address) {
        return new HostAndPort(number(address.getAddress()), address.getPort());
    }

    /** How an IP address is written, without a scope. */
    static String number(InetAddress address) {
        String text = address.getHostAddress();
        int scope = address instanceof Inet6Address ? text.indexOf('%') : -1;
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
