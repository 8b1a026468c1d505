/** Whether a group's state is news to a receiver. */
@NullMarked
package dev.tocsin.core.dedup;

import org.jspecify.annotations.NullMarked;
