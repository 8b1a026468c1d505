/** The Microsoft Teams integration: an adaptive card by a Power Automate workflow. */
@NullMarked
package dev.tocsin.notifiers.msteamsv2;

import org.jspecify.annotations.NullMarked;
