/** Durations and instants as the configuration, the flags and the HTTP API write them. */
@NullMarked
package dev.tocsin.core.time;

import org.jspecify.annotations.NullMarked;
