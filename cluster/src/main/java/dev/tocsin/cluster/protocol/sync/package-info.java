/** Everything a node has to know: changes told to peers at once, and states compared and evened out. */
@NullMarked
package dev.tocsin.cluster.protocol.sync;

import org.jspecify.annotations.NullMarked;
