/** The demonstration: a hub of three processes or one node, a pager and a redundant pair of senders. */
@NullMarked
package dev.tocsin.app.demo;

import org.jspecify.annotations.NullMarked;
