/**
 * What a configuration adds to requests so that receivers let them in: secrets, credentials, OAuth 2 tokens; and how those are kept
 * out of what people read.
 */
@NullMarked
package dev.tocsin.notifiers.http.auth;

import org.jspecify.annotations.NullMarked;
