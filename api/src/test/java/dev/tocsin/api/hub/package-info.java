/** Tests of the hub API. */
@NullMarked
package dev.tocsin.api.hub;

import org.jspecify.annotations.NullMarked;
