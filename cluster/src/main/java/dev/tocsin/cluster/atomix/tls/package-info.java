/** Mutual TLS between nodes: the file of {@code --cluster.tls-config} and certificates that may change while the node runs. */
@NullMarked
package dev.tocsin.cluster.atomix.tls;

import org.jspecify.annotations.NullMarked;
