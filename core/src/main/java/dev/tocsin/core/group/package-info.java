/** Aggregation groups: what belongs together, and when it is told. */
@NullMarked
package dev.tocsin.core.group;

import org.jspecify.annotations.NullMarked;
