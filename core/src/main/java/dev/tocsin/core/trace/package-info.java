/** Spans for distributed tracing (contract section 2.9), without the library that exports them. */
@NullMarked
package dev.tocsin.core.trace;

import org.jspecify.annotations.NullMarked;
