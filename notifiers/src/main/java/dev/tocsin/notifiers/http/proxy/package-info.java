/** Through which proxy an address is reached, and how one asks proxies for a way. */
@NullMarked
package dev.tocsin.notifiers.http.proxy;

import org.jspecify.annotations.NullMarked;
