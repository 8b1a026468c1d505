/**
 * The one way out for HTTP. A client sends what an integration wants with what an {@code http_config} says: deadlines, turns,
 * credentials, redirects, and failures in the words that operators know from Alertmanager.
 *
 * <p>It stands on {@code auth}, which stands on {@code connection}, then {@code proxy}, {@code socket} and {@code message}.
 */
@NullMarked
package dev.tocsin.notifiers.http;

import org.jspecify.annotations.NullMarked;
