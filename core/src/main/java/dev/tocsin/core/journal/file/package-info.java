/** The journal on disk: segments that are only appended to, and an index of them in memory. */
@NullMarked
package dev.tocsin.core.journal.file;

import org.jspecify.annotations.NullMarked;
