/** The Pushover integration: push messages to people. */
@NullMarked
package dev.tocsin.notifiers.pushover;

import org.jspecify.annotations.NullMarked;
