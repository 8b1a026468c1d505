/** Label sets, their order, their fingerprints and the way label text is quoted. */
@NullMarked
package dev.tocsin.core.label;

import org.jspecify.annotations.NullMarked;
