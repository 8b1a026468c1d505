package dev.tocsin.cluster.atomix.link;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;

/** Makes the TLS side of new connections, with the certificates as they were last read. Safe for all threads. */
public interface Tls {
    /** For a connection that this node opens. */
    SSLEngine client(InetSocketAddress peer);

    /** For a connection that a peer opened. */
    SSLEngine server();

    /** Reads the certificates again if they changed; what cannot be used is ignored and logged. Blocks. */
    void refresh();
}
