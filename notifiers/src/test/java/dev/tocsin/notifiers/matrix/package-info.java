@NullMarked
package dev.tocsin.notifiers.matrix;

import org.jspecify.annotations.NullMarked;
