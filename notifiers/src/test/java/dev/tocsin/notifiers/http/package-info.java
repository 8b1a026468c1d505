/**
 * The one way out for HTTP: what an {@code http_config} says, connections that are kept and shared, deadlines, proxies,
 * credentials, redirects, and failures in the words that operators know from Alertmanager.
 */
@NullMarked
package dev.tocsin.notifiers.http;

import org.jspecify.annotations.NullMarked;
