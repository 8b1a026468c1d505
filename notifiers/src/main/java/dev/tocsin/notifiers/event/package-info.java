/** How the event recorder reaches its webhooks (contract section 2.10). */
@NullMarked
package dev.tocsin.notifiers.event;

import org.jspecify.annotations.NullMarked;
