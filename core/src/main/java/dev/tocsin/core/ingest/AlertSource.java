package dev.tocsin.core.ingest;

/**
 * Who posted a batch of alerts. Clients that re-send what fires, such as Prometheus, are told apart by address and by
 * the origin of their generator URLs; one-shot clients, such as amtool, are not.
 *
 * @param address the remote IP address without port; empty if unknown
 * @param userAgent the request's User-Agent; empty if absent
 */
public record AlertSource(String address, String userAgent) {}
