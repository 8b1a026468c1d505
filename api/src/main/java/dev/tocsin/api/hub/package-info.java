/** The hub API {@code /api/hub/v1/}: everything that Alertmanager's API does not tell, as JSON and as live streams. */
@NullMarked
package dev.tocsin.api.hub;

import org.jspecify.annotations.NullMarked;
