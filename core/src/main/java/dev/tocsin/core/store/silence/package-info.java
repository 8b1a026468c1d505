/** Keeps silences: their edit rules, their durable log and the index that tells which of them mute an alert. */
@NullMarked
package dev.tocsin.core.store.silence;

import org.jspecify.annotations.NullMarked;
