/** JSON that is read as a whole. What is read or written all the time has its own code beside what it is read into. */
@NullMarked
package dev.tocsin.core.json;

import org.jspecify.annotations.NullMarked;
