/** The accepting side of TLS, as {@code tls_server_config} blocks describe it (contract section 7.10). */
@NullMarked
package dev.tocsin.core.tls.server;

import org.jspecify.annotations.NullMarked;
