@NullMarked
package dev.tocsin.notifiers.pagerduty;

import org.jspecify.annotations.NullMarked;
