package dev.tocsin.cluster.atomix.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** Turns a configured peer into addresses. Blocks; safe for all threads. */
@FunctionalInterface
public interface Lookup {
    /**
     * Asks now.
     *
     * @param peer {@code host:port}, or the name of a service record such as {@code _tocsin._tcp.example.org}
     * @return may be empty
     * @throws IOException if the name cannot be resolved; the message says why
     */
    Set<InetSocketAddress> resolve(String peer) throws IOException;
}
