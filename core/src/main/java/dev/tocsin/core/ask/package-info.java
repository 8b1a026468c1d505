/** Questions that one node asks another. */
@NullMarked
package dev.tocsin.core.ask;

import org.jspecify.annotations.NullMarked;
