/** Recurring times of day, week, month and year that mute routes or let them speak. */
@NullMarked
package dev.tocsin.core.interval;

import org.jspecify.annotations.NullMarked;
