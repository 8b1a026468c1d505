/** The hub as a black box: real processes, real peers. */
@NullMarked
package dev.tocsin.it;

import org.jspecify.annotations.NullMarked;
