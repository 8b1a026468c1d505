package dev.tocsin.api.http;

/**
 * A handler that opens an answer that lasts. Opening is short work and takes no place among the GETs: all clients of a node
 * that died come at once. Whoever implements it bounds the number of open ones. Safe for many threads.
 */
@FunctionalInterface
public interface LiveHandler extends Handler {}
