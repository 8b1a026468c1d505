/** The Rocket.Chat integration: a message with an attachment, by its REST interface. */
@NullMarked
package dev.tocsin.notifiers.rocketchat;

import org.jspecify.annotations.NullMarked;
