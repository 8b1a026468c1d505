/** Label matchers, their grammars and the way they are printed. */
@NullMarked
package dev.tocsin.core.matcher;

import org.jspecify.annotations.NullMarked;
