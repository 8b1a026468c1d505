/** The alerts the hub knows: merging of reports, sources, limits, garbage collection and durability. */
@NullMarked
package dev.tocsin.core.store;

import org.jspecify.annotations.NullMarked;
