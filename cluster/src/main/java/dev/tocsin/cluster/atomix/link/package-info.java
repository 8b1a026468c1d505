/**
 * Authenticated connections between nodes. Each node keeps one connection to every other and sends on that one alone, so
 * that what a node sends to a peer arrives in order. Netty's loops encode and decode; who is a peer is decided on the hub
 * loop.
 */
@NullMarked
package dev.tocsin.cluster.atomix.link;

import org.jspecify.annotations.NullMarked;
