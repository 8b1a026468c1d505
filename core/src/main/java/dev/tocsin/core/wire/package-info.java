/** Protocol buffers without their messages, for what is written so often that building these would cost a multiple. */
@NullMarked
package dev.tocsin.core.wire;

import org.jspecify.annotations.NullMarked;
