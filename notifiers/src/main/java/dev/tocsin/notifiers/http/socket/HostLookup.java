package dev.tocsin.notifiers.http.socket;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host name. May block. */
@FunctionalInterface
public interface HostLookup {
    /** The addresses, best first; not empty. */
    InetAddress[] lookup(String host) throws UnknownHostException;
}
