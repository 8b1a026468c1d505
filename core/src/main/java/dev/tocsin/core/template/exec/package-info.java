/** Runs the trees of templates (notifiers contract sections 4.2 to 4.4, 4.6 and 4.7). */
@NullMarked
package dev.tocsin.core.template.exec;

import org.jspecify.annotations.NullMarked;
