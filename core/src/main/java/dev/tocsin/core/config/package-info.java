/** The configuration as records: what {@code alertmanager.yml} means after defaults and inheritance. */
@NullMarked
package dev.tocsin.core.config;

import org.jspecify.annotations.NullMarked;
