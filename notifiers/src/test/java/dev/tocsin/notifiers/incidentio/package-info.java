@NullMarked
package dev.tocsin.notifiers.incidentio;

import org.jspecify.annotations.NullMarked;
