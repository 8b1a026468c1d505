/** The composition root, the command line and the process around the hub. */
@NullMarked
package dev.tocsin.app;

import org.jspecify.annotations.NullMarked;
