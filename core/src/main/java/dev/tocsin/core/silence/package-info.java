/** What a silence is, what it mutes, and how silences are asked for and edited. */
@NullMarked
package dev.tocsin.core.silence;

import org.jspecify.annotations.NullMarked;
