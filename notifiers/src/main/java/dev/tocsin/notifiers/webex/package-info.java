/** The Webex integration: a message in a room. */
@NullMarked
package dev.tocsin.notifiers.webex;

import org.jspecify.annotations.NullMarked;
