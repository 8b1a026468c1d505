/** The hub as its interfaces see it: one facade over the one-way line from ingest to log. */
@NullMarked
package dev.tocsin.core.hub;

import org.jspecify.annotations.NullMarked;
