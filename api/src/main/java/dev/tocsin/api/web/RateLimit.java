package dev.tocsin.api.web;

import java.time.Duration;

/**
 * How many requests are answered: a bucket of {@code burst} tokens, of which each request takes one.
 *
 * @param interval how long it takes until one token is put back; positive
 * @param burst how many fit; with zero nothing is answered
 */
public record RateLimit(Duration interval, long burst) {}
