package dev.tocsin.cluster.atomix.link;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;

/** Makes the TLS side of new connections, with the certificates as they are now. Safe for all threads; must not block. */
public interface Tls {
    /** For a connection that this node opens. */
    SSLEngine client(InetSocketAddress peer);

    /** For a connection that a peer opened. */
    SSLEngine server();
}
