/** Subcommands that need no running node. */
@NullMarked
package dev.tocsin.app.command;

import org.jspecify.annotations.NullMarked;
