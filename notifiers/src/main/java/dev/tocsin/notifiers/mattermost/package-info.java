/** The Mattermost integration: a post with attachments, by an incoming webhook. */
@NullMarked
package dev.tocsin.notifiers.mattermost;

import org.jspecify.annotations.NullMarked;
