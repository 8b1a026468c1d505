/** Connections that are opened, counted, kept and shared, and single requests over them. */
@NullMarked
package dev.tocsin.notifiers.http.connection;

import org.jspecify.annotations.NullMarked;
