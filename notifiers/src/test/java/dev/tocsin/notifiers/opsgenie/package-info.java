@NullMarked
package dev.tocsin.notifiers.opsgenie;

import org.jspecify.annotations.NullMarked;
