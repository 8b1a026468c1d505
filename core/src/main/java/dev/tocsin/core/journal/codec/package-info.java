/** Events of the journal as bytes. */
@NullMarked
package dev.tocsin.core.journal.codec;

import org.jspecify.annotations.NullMarked;
