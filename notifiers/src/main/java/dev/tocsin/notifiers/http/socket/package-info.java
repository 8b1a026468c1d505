/** From a name to a socket: addresses, look-ups that a deadline can end, TLS, and the words that Go has for what fails. */
@NullMarked
package dev.tocsin.notifiers.http.socket;

import org.jspecify.annotations.NullMarked;
