/** What could be observed in a simulation, by true time. */
@NullMarked
package dev.tocsin.it.sim.history;

import org.jspecify.annotations.NullMarked;
