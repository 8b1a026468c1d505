/** The Matrix integration: a message in a room of a homeserver. Alertmanager does not have it. */
@NullMarked
package dev.tocsin.notifiers.matrix;

import org.jspecify.annotations.NullMarked;
