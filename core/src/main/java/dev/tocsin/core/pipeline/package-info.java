/**
 * The way of a due group to its receivers: muting, then for each integration dedup, claim, notify and log. Every step is
 * a package of its own; this one only puts them in order.
 */
@NullMarked
package dev.tocsin.core.pipeline;

import org.jspecify.annotations.NullMarked;
