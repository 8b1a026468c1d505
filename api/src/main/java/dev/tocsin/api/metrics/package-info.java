/** The text exposition of the node's metrics. */
@NullMarked
package dev.tocsin.api.metrics;

import org.jspecify.annotations.NullMarked;
