/** The file of {@code --web.config.file}: who may ask, over what kind of connection, how often (contract section 7.10). */
@NullMarked
package dev.tocsin.api.web;

import org.jspecify.annotations.NullMarked;
