/** Notification templates as users of Alertmanager write them (notifiers contract section 4). */
@NullMarked
package dev.tocsin.core.template;

import org.jspecify.annotations.NullMarked;
