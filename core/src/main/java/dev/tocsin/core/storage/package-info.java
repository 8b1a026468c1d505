/** Durable logs and snapshots behind one seam. */
@NullMarked
package dev.tocsin.core.storage;

import org.jspecify.annotations.NullMarked;
