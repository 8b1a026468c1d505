/** Tests of the protocol, and the network in memory that they run on. */
@NullMarked
package dev.tocsin.cluster.protocol;

import org.jspecify.annotations.NullMarked;
