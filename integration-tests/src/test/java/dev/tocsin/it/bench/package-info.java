/** Measurements beside the real Alertmanager; run with {@code deploy/bin/check -Pbench}. */
@NullMarked
package dev.tocsin.it.bench;

import org.jspecify.annotations.NullMarked;
