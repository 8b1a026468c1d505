/** What a node tells its peers and takes from them: the last room of the line, without a word about networks. */
@NullMarked
package dev.tocsin.core.replicate;

import org.jspecify.annotations.NullMarked;
