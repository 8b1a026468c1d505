/** Judges a history by the words of the promise: one class per guarantee. */
@NullMarked
package dev.tocsin.it.sim.check;

import org.jspecify.annotations.NullMarked;
