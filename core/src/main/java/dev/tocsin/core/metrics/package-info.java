/** Labelled metric families over the Dropwizard registry. */
@NullMarked
package dev.tocsin.core.metrics;

import org.jspecify.annotations.NullMarked;
