@NullMarked
package dev.tocsin.notifiers.email;

import org.jspecify.annotations.NullMarked;
