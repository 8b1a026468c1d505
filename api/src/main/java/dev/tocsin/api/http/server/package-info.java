/** The HTTP server: listeners, connections, from bytes to requests and from answers to bytes, with their bounds. */
@NullMarked
package dev.tocsin.api.http.server;

import org.jspecify.annotations.NullMarked;
