/** The mail integration: a message with a text part, an HTML part or both, delivered to a smarthost. */
@NullMarked
package dev.tocsin.notifiers.email;

import org.jspecify.annotations.NullMarked;
