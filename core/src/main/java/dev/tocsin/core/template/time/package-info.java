/** Instants as Go's layouts write and read them (notifiers contract section 4.8). */
@NullMarked
package dev.tocsin.core.template.time;

import org.jspecify.annotations.NullMarked;
