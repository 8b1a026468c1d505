/** Time, threads and the hub loop of a real process. */
@NullMarked
package dev.tocsin.app.runtime;

import org.jspecify.annotations.NullMarked;
