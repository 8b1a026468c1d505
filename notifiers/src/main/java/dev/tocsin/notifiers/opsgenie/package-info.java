/** The Opsgenie integration: alerts that are created, updated and closed. */
@NullMarked
package dev.tocsin.notifiers.opsgenie;

import org.jspecify.annotations.NullMarked;
