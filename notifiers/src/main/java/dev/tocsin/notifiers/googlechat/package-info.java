/** The Google Chat integration: a message in a space, by an incoming webhook. Alertmanager does not have it. */
@NullMarked
package dev.tocsin.notifiers.googlechat;

import org.jspecify.annotations.NullMarked;
