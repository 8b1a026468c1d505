@NullMarked
package dev.tocsin.notifiers.slack;

import org.jspecify.annotations.NullMarked;
