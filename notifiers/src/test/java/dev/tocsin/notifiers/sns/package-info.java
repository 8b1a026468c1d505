@NullMarked
package dev.tocsin.notifiers.sns;

import org.jspecify.annotations.NullMarked;
