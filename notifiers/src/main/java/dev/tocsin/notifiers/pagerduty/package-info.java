/** The PagerDuty integration: events of version 1 and 2. */
@NullMarked
package dev.tocsin.notifiers.pagerduty;

import org.jspecify.annotations.NullMarked;
