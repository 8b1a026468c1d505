/** Whose turn it is to tell a group that is due, and how the others learn that it was told (PROTOCOL sections 4 and 8). */
@NullMarked
package dev.tocsin.cluster.protocol.turn;

import org.jspecify.annotations.NullMarked;
