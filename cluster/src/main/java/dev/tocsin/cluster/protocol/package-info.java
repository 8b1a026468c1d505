/**
 * Exactly one sender without consensus: who is a member, who may notify, and what every node has to know, as state
 * machines over a {@link dev.tocsin.cluster.protocol.Transport}. All of it runs on the hub loop and knows no socket.
 */
@NullMarked
package dev.tocsin.cluster.protocol;

import org.jspecify.annotations.NullMarked;
