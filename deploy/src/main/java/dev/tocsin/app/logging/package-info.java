/** The form of log lines. */
@NullMarked
package dev.tocsin.app.logging;

import org.jspecify.annotations.NullMarked;
