/** The node's own flags, in the grammar of Alertmanager's command line. */
@NullMarked
package dev.tocsin.app.flag;

import org.jspecify.annotations.NullMarked;
