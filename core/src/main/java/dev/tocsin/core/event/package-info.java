/** The event recorder: what the hub did, as a stream for other systems (contract section 2.10). */
@NullMarked
package dev.tocsin.core.event;

import org.jspecify.annotations.NullMarked;
