/** JSON as Go programs write it, byte for byte, for the bodies of integrations. */
@NullMarked
package dev.tocsin.notifiers.json;

import org.jspecify.annotations.NullMarked;
