/** Silences: their edit rules, their states and what they mute. */
@NullMarked
package dev.tocsin.core.silence;

import org.jspecify.annotations.NullMarked;
