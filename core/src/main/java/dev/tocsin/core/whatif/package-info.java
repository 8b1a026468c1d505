/** What another configuration or silence would change for the alerts that fire, without changing anything. */
@NullMarked
package dev.tocsin.core.whatif;

import org.jspecify.annotations.NullMarked;
