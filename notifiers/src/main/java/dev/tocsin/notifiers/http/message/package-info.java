/** What is sent and what comes back: requests, answers, their headers, and why there is no answer. Knows no network. */
@NullMarked
package dev.tocsin.notifiers.http.message;

import org.jspecify.annotations.NullMarked;
