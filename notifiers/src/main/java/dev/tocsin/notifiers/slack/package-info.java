/** The Slack integration: a message with an attachment, by an incoming webhook or as an app, which can update it. */
@NullMarked
package dev.tocsin.notifiers.slack;

import org.jspecify.annotations.NullMarked;
