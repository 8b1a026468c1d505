/** Certificates and keys from PEM text, on the JDK alone: parsing, reload when a file changes, SSL contexts. */
@NullMarked
package dev.tocsin.core.tls;

import org.jspecify.annotations.NullMarked;
