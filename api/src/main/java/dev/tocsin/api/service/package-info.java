/** What gRPC and the hub API offer, once for both: questions and edits in plain values, checked and bounded. */
@NullMarked
package dev.tocsin.api.service;

import org.jspecify.annotations.NullMarked;
