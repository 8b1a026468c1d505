/** The journals of all nodes, asked through any of them. */
@NullMarked
package dev.tocsin.core.journal.peer;

import org.jspecify.annotations.NullMarked;
