/** The HTTP server: connections, requests, answers, routing; knows nothing of alerts. */
@NullMarked
package dev.tocsin.api.http;

import org.jspecify.annotations.NullMarked;
