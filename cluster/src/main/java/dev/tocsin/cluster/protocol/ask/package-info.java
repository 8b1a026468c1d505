/** Questions that one node asks another. */
@NullMarked
package dev.tocsin.cluster.protocol.ask;

import org.jspecify.annotations.NullMarked;
