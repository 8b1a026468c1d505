@NullMarked
package dev.tocsin.notifiers.http.proxy;

import org.jspecify.annotations.NullMarked;
