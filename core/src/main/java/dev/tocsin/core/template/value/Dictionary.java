package dev.tocsin.core.template.value;

import java.util.SortedMap;

/**
 * A map that a template made.
 *
 * @param entries in UTF-8 byte order; unmodifiable
 */
public record Dictionary(SortedMap<String, Value> entries) implements Value {
    @Override
    public String type() {
        return "map[string]interface {}";
    }

    @Override
    public boolean truth() {
        return !entries.isEmpty();
    }
}
