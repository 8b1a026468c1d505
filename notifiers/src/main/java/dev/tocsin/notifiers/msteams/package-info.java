/** The Microsoft Teams integration: a card by an incoming webhook of the old kind. */
@NullMarked
package dev.tocsin.notifiers.msteams;

import org.jspecify.annotations.NullMarked;
