/** How the hub's HTTP clients are configured: {@code http_config} and {@code tls_config} (contract section 2.8). */
@NullMarked
package dev.tocsin.core.config.http;

import org.jspecify.annotations.NullMarked;
