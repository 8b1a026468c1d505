/** The values that templates compute with: Go's types as far as templates can see them (notifiers contract section 4.6). */
@NullMarked
package dev.tocsin.core.template.value;

import org.jspecify.annotations.NullMarked;
