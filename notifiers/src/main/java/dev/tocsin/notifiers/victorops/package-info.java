/** The VictorOps (Splunk On-Call) integration. */
@NullMarked
package dev.tocsin.notifiers.victorops;

import org.jspecify.annotations.NullMarked;
