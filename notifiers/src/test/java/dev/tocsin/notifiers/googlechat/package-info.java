@NullMarked
package dev.tocsin.notifiers.googlechat;

import org.jspecify.annotations.NullMarked;
