package dev.tocsin.cluster.atomix.tls;

import dev.tocsin.core.config.http.TlsConfig;
import dev.tocsin.core.tls.server.ServerTls;

/** What {@code --cluster.tls-config} says (contract section 8.6): how connections are accepted and how they are opened. */
record ClusterTlsConfig(ServerTls server, TlsConfig client) {}
