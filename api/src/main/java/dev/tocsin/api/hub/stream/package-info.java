/** Views of the hub as Server-Sent Events. */
@NullMarked
package dev.tocsin.api.hub.stream;

import org.jspecify.annotations.NullMarked;
