/** The alert as the hub keeps it. */
@NullMarked
package dev.tocsin.core.alert;

import org.jspecify.annotations.NullMarked;
