/** How the hub API writes what it shows. */
@NullMarked
package dev.tocsin.api.hub.json;

import org.jspecify.annotations.NullMarked;
