/** Live pictures of the hub's state for clients that stay: a snapshot, then what changes. */
@NullMarked
package dev.tocsin.api.watch;

import org.jspecify.annotations.NullMarked;
