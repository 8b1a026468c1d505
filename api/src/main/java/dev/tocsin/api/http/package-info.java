/** HTTP as handlers see it: requests, answers, routing; knows nothing of alerts nor of sockets. */
@NullMarked
package dev.tocsin.api.http;

import org.jspecify.annotations.NullMarked;
