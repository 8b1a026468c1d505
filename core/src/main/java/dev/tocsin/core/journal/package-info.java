/** The journal: every decision of the hub with its reason, to be asked for later. */
@NullMarked
package dev.tocsin.core.journal;

import org.jspecify.annotations.NullMarked;
