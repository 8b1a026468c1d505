/** Values as Go's {@code fmt} prints them (notifiers contract section 4.5), and as JSON. */
@NullMarked
package dev.tocsin.core.template.print;

import org.jspecify.annotations.NullMarked;
