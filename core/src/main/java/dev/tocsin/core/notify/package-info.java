/** What is sent to a receiver, how it is retried and what came of it. */
@NullMarked
package dev.tocsin.core.notify;

import org.jspecify.annotations.NullMarked;
