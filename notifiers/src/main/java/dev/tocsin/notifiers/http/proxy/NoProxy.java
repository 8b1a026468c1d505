package dev.tocsin.notifiers.http.proxy;

import dev.tocsin.notifiers.http.socket.HostPort;
import dev.tocsin.notifiers.http.socket.Names;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that are reached without a proxy: names, {@code .suffixes}, addresses and networks, each with an optional
 * port, separated by commas; {@code *} for all. The local machine is always among them. Immutable.
 */
final class NoProxy {
    private final List<Rule> rules;

    NoProxy(String text) {
        List<Rule> parsed = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String rule = item.strip().toLowerCase(Locale.ROOT);
            if (!rule.isEmpty()) {
                parsed.add(Rule.parse(rule));
            }
        }
        this.rules = List.copyOf(parsed);
    }

    /** Whether {@code target} is reached without a proxy. */
    boolean covers(HostPort target) {
        Optional<InetAddress> address = Names.literal(target.host());
        if (target.host().equals("localhost")
                || address.map(InetAddress::isLoopbackAddress).orElse(false)) {
            return true;
        }
        for (Rule rule : rules) {
            if (rule.covers(target, address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * One item of the list.
     *
     * @param name a name, a suffix with its dot, or {@code *}; empty for a network
     * @param port -1 for all
     * @param network what the leading bits of an address must be; empty for a name
     * @param bits how many of them count
     */
    private record Rule(String name, int port, Optional<InetAddress> network, int bits) {
        static Rule parse(String item) {
            int slash = item.indexOf('/');
            if (slash > 0) {
                Optional<InetAddress> base = Names.literal(item.substring(0, slash));
                int length = number(item.substring(slash + 1));
                if (base.isPresent() && length >= 0 && length <= base.get().getAddress().length * 8) {
                    return new Rule("", -1, base, length);
                }
            }
            String host = item;
            int port = -1;
            int colon = item.lastIndexOf(':');
            boolean onlyColon = item.indexOf(':') == colon;
            if (colon > item.lastIndexOf(']') && (onlyColon || item.startsWith("["))) {
                port = number(item.substring(colon + 1));
                host = port < 0 ? item : item.substring(0, colon);
            }
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            Optional<InetAddress> address = Names.literal(bare);
            if (address.isPresent()) {
                return new Rule("", port, address, address.get().getAddress().length * 8);
            }
            return new Rule(host.startsWith("*.") ? host.substring(1) : host, port, address, 0);
        }

        boolean covers(HostPort target, Optional<InetAddress> address) {
            if (port >= 0 && port != target.port()) {
                return false;
            }
            if (network.isPresent()) {
                return address.isPresent()
                        && agree(network.get().getAddress(), address.get().getAddress());
            }
            String suffix = name.startsWith(".") ? name : "." + name;
            return name.equals("*")
                    || target.host().equals(name)
                    || target.host().endsWith(suffix);
        }

        private boolean agree(byte[] network, byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }

        private static int number(String text) {
            if (text.isEmpty() || text.length() > 5) {
                return -1;
            }
            int number = 0;
            for (int i = 0; i < text.length(); i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                number = number * 10 + digit;
            }
            return number;
        }
    }
}
