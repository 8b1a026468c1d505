package dev.tocsin.api.http;

/** What answers the requests of a route. */
public sealed interface Endpoint permits Handler, AsyncHandler {}
