/** Subcommands: some need no running node, others ask one. */
@NullMarked
package dev.tocsin.app.command;

import org.jspecify.annotations.NullMarked;
