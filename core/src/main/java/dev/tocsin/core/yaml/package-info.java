/** YAML as Prometheus programs read and print it: strict, with positions, and with the source text of scalars kept. */
@NullMarked
package dev.tocsin.core.yaml;

import org.jspecify.annotations.NullMarked;
