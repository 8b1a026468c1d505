/** What the hub gets from outside instead of taking it: time, the hub loop, blocking workers. */
@NullMarked
package dev.tocsin.core.runtime;

import org.jspecify.annotations.NullMarked;
