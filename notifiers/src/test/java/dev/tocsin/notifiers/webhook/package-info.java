/** The webhook integration: version 4 of the JSON that generic receivers get, or a body of one's own. */
@NullMarked
package dev.tocsin.notifiers.webhook;

import org.jspecify.annotations.NullMarked;
