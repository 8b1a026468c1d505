/** From the text of a template to its tree: lexer, parser and the tree itself (notifiers contract sections 4.1 and 4.2). */
@NullMarked
package dev.tocsin.core.template.parse;

import org.jspecify.annotations.NullMarked;
