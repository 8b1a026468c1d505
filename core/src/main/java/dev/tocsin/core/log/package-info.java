/** The notification log: what each integration of each group was told, what it may have been told, and what comes next. */
@NullMarked
package dev.tocsin.core.log;

import org.jspecify.annotations.NullMarked;
