/** Three real processes, real sockets, real faults: what a cluster promises, counted from outside. */
@NullMarked
package dev.tocsin.it.cluster;

import org.jspecify.annotations.NullMarked;
