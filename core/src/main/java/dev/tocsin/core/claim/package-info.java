/** The sole right to notify: asked for before the first byte, so that no two nodes tell the same receiver the same news. */
@NullMarked
package dev.tocsin.core.claim;

import org.jspecify.annotations.NullMarked;
