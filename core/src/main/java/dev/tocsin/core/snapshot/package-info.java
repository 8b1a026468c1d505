/** The data files of Alertmanager, read and written byte for byte as it does. */
@NullMarked
package dev.tocsin.core.snapshot;

import org.jspecify.annotations.NullMarked;
