/** What surrounds the production classes in a simulation: time, machines, the network, senders and receivers. */
@NullMarked
package dev.tocsin.it.sim.world;

import org.jspecify.annotations.NullMarked;
