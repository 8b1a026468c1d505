/** The hub's interfaces for clients. */
@NullMarked
package dev.tocsin.api;

import org.jspecify.annotations.NullMarked;
