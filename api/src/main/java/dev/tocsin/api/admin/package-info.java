/** What is not API: health, readiness, reload, the answers of version 1, the front page. */
@NullMarked
package dev.tocsin.api.admin;

import org.jspecify.annotations.NullMarked;
