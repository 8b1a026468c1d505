/** The demonstration: a hub, a pager and a redundant pair of senders in one process. */
@NullMarked
package dev.tocsin.app.demo;

import org.jspecify.annotations.NullMarked;
