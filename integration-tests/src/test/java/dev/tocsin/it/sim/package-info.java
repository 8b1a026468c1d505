/**
 * The simulator: a whole cluster of production nodes, its senders and its receivers in one thread on virtual time, with
 * everything that can go wrong drawn from one seed. The same seed makes the same history.
 */
@NullMarked
package dev.tocsin.it.sim;

import org.jspecify.annotations.NullMarked;
