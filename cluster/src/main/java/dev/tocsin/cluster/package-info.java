/** Replication, ownership and claims between the nodes of a hub. */
@NullMarked
package dev.tocsin.cluster;

import org.jspecify.annotations.NullMarked;
