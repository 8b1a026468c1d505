/** From the text of {@code alertmanager.yml} to a configuration: each part's decoder, and what parts must say of each other. */
@NullMarked
package dev.tocsin.core.config.decode;

import org.jspecify.annotations.NullMarked;
