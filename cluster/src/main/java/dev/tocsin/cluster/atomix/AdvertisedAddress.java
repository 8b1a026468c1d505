package dev.tocsin.cluster.atomix;

import dev.tocsin.cluster.atomix.link.HostAndPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what address other nodes are told (contract section 8.3). Blocks; one thread. */
final class AdvertisedAddress {
    private static final Logger LOG = LoggerFactory.getLogger(AdvertisedAddress.class);
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    private final TransportOptions options;

    AdvertisedAddress(TransportOptions options) {
        this.options = options;
    }

    /**
     * The flag's, else the one that is listened on, else the first private one of this host, else a public one if that is
     * allowed, else all zeros: then peers take the address that they see.
     *
     * @throws IOException if the flag's host is no IP address
     */
    String of(InetSocketAddress bound) throws IOException {
        InetAddress host;
        int port = bound.getPort();
        if (!options.advertiseAddress().isEmpty()) {
            HostAndPort told = HostAndPort.parse(options.advertiseAddress());
            try {
                host = InetAddress.ofLiteral(told.host());
            } catch (IllegalArgumentException e) {
                throw new IOException("failed to parse advertise addr '" + told.host() + "'", e);
            }
            port = told.port() == 0 ? port : told.port();
        } else if (bound.getAddress().isAnyLocalAddress()) {
            host = found(bound.getAddress());
        } else {
            host = bound.getAddress();
        }
        if (host.isLoopbackAddress() && !options.peers().stream().allMatch(AdvertisedAddress::local)) {
            warn("this node advertises itself on a loopback address, which its peers cannot reach", host);
        }
        String text = host.getHostAddress();
        int scope = text.indexOf('%');
        return new HostAndPort(scope < 0 ? text : text.substring(0, scope), port).toString();
    }

    private InetAddress found(InetAddress anywhere) throws IOException {
        List<InetAddress> candidates = new ArrayList<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isAnyLocalAddress()
                        && !address.isMulticastAddress())
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .forEach(candidates::add);
        for (InetAddress candidate : candidates) {
            if (isPrivate(candidate)) {
                return candidate;
            }
        }
        if (options.publicAllowed() && !candidates.isEmpty()) {
            return candidates.getFirst();
        }
        if (!options.peers().isEmpty()) {
            warn(
                    "no private address found, peers take the address that they see; set --cluster.advertise-address",
                    anywhere);
        }
        return anywhere;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64; // RFC 6598
        return address.isSiteLocalAddress()
                || shared
                || (bytes.length > 4 && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
    }

    private static boolean local(String peer) {
        return peer.startsWith("127.") || peer.startsWith("localhost:") || peer.startsWith("[::1]");
    }

    private static void warn(String problem, InetAddress address) {
        LOG.atWarn()
                .addKeyValue("component", "cluster")
                .addKeyValue("address", address.getHostAddress())
                .addKeyValue("err", problem)
                .log("Other nodes may not find this one");
    }
}
