/** What a request to the hub API says, and how it is told what is wrong with it. */
@NullMarked
package dev.tocsin.api.hub.request;

import org.jspecify.annotations.NullMarked;
