@NullMarked
package dev.tocsin.notifiers.http.auth;

import org.jspecify.annotations.NullMarked;
