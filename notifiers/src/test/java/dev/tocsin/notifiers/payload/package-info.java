/** Bodies whose shape the configuration gives. */
@NullMarked
package dev.tocsin.notifiers.payload;

import org.jspecify.annotations.NullMarked;
