/** What the black-box tests start, talk to and listen with. */
@NullMarked
package dev.tocsin.it.support;

import org.jspecify.annotations.NullMarked;
