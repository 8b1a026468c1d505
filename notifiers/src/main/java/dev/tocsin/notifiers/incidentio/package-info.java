/** The incident.io integration. */
@NullMarked
package dev.tocsin.notifiers.incidentio;

import org.jspecify.annotations.NullMarked;
