/** Whether an alert may be notified now, and if not, why. */
@NullMarked
package dev.tocsin.core.mute;

import org.jspecify.annotations.NullMarked;
