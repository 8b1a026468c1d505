package dev.tocsin.api.service;

import java.util.List;

/**
 * A part of a list.
 *
 * @param nextToken asks for the next part; empty if this is the last one
 */
public record Page<T>(List<T> items, String nextToken) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
