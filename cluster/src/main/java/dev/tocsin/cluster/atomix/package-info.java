/**
 * The transport between real nodes: Atomix's membership and cluster communication over our own connections. The only
 * room that names Atomix.
 */
@NullMarked
package dev.tocsin.cluster.atomix;

import org.jspecify.annotations.NullMarked;
