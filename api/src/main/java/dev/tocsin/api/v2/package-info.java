/** The API of Alertmanager, version 2 (contract sections 7.2 to 7.8). */
@NullMarked
package dev.tocsin.api.v2;

import org.jspecify.annotations.NullMarked;
