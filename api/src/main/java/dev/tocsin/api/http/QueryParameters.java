package dev.tocsin.api.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query in the order in which they were given. Pairs that are not well formed are left out, as
 * Alertmanager does: those with a bare semicolon and those with a bad percent sign. Immutable.
 */
public final class QueryParameters {
    /** name, value, name, value, ... */
    private final List<String> pairs;

    private final boolean complete;

    private QueryParameters(List<String> pairs, boolean complete) {
        this.pairs = pairs;
        this.complete = complete;
    }

    /** The parameters of {@code query}, the text after the question mark. Never fails. */
    public static QueryParameters parse(String query) {
        List<String> pairs = new ArrayList<>();
        boolean complete = true;
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            complete &= addPair(pairs, query.substring(start, end));
            start = end + 1;
        }
        return new QueryParameters(pairs, complete);
    }

    /** Whether the pair is well formed. */
    private static boolean addPair(List<String> pairs, String pair) {
        if (pair.isEmpty()) {
            return true;
        }
        if (pair.indexOf(';') >= 0) {
            return false;
        }
        int equals = pair.indexOf('=');
        String name = PercentEncoding.decode(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : PercentEncoding.decode(pair.substring(equals + 1), true);
        if (name == null || value == null) {
            return false;
        }
        pairs.add(name);
        pairs.add(value);
        return true;
    }

    /** Whether all pairs were well formed, so that none is left out. */
    public boolean complete() {
        return complete;
    }

    /** The names, each once, in the order of their first values. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            names.add(pairs.get(i));
        }
        return names;
    }

    /** The values of all parameters called {@code name}, in order; empty if there is none. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                values.add(pairs.get(i + 1));
            }
        }
        return values;
    }

    /** The value of the last parameter called {@code name}, or null if there is none. */
    public @Nullable String last(String name) {
        for (int i = pairs.size() - 2; i >= 0; i -= 2) {
            if (pairs.get(i).equals(name)) {
                return pairs.get(i + 1);
            }
        }
        return null;
    }
}
