/** The Jira integration: an issue for each group of alerts. */
@NullMarked
package dev.tocsin.notifiers.jira;

import org.jspecify.annotations.NullMarked;
