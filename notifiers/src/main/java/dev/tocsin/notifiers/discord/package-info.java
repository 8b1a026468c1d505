/** The Discord integration: an embed in a channel, by an incoming webhook. */
@NullMarked
package dev.tocsin.notifiers.discord;

import org.jspecify.annotations.NullMarked;
