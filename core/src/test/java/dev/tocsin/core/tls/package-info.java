/** Tests of TLS material, and certificates for the tests of other modules. */
@NullMarked
package dev.tocsin.core.tls;

import org.jspecify.annotations.NullMarked;
