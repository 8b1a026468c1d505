/** Exports spans with OpenTelemetry (contract section 2.9). Nothing of it is loaded before a configuration asks for it. */
@NullMarked
package dev.tocsin.app.tracing;

import org.jspecify.annotations.NullMarked;
