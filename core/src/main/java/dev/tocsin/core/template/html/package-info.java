/**
 * The HTML engine: finds out where in a document each action stands, and escapes what it prints accordingly (notifiers
 * contract section 4.9).
 */
@NullMarked
package dev.tocsin.core.template.html;

import org.jspecify.annotations.NullMarked;
