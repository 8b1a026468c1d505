/** What the tests of integrations share. */
@NullMarked
package dev.tocsin.notifiers;

import org.jspecify.annotations.NullMarked;
