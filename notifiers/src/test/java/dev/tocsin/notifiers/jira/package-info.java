@NullMarked
package dev.tocsin.notifiers.jira;

import org.jspecify.annotations.NullMarked;
