/** Tests and fixtures of the sharing of groups. */
@NullMarked
package dev.tocsin.cluster.protocol.turn;

import org.jspecify.annotations.NullMarked;
