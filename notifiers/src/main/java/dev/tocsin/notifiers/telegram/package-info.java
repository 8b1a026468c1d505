/** The Telegram integration: a message of a bot in a chat. */
@NullMarked
package dev.tocsin.notifiers.telegram;

import org.jspecify.annotations.NullMarked;
