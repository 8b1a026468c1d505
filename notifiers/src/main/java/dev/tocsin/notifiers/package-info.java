/** The registry of integrations; each kind has a package of its own below. */
@NullMarked
package dev.tocsin.notifiers;

import org.jspecify.annotations.NullMarked;
