/** From posted alerts to valid ones: decoding, defaults and validation. */
@NullMarked
package dev.tocsin.core.ingest;

import org.jspecify.annotations.NullMarked;
