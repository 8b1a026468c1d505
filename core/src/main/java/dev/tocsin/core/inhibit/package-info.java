/** Inhibition: alerts that silence other alerts while they fire. */
@NullMarked
package dev.tocsin.core.inhibit;

import org.jspecify.annotations.NullMarked;
