@NullMarked
package dev.tocsin.notifiers.event;

import org.jspecify.annotations.NullMarked;
