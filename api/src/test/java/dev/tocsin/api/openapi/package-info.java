/** Checks of the documents that describe the interfaces. */
@NullMarked
package dev.tocsin.api.openapi;

import org.jspecify.annotations.NullMarked;
