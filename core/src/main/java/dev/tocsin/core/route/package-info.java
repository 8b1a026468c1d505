/** The routing tree: which receivers an alert goes to, in which groups and at which pace. */
@NullMarked
package dev.tocsin.core.route;

import org.jspecify.annotations.NullMarked;
