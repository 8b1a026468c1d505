/** Why an alert was notified or not: what the deciding packages say when they are asked, put into words. */
@NullMarked
package dev.tocsin.core.explain;

import org.jspecify.annotations.NullMarked;
