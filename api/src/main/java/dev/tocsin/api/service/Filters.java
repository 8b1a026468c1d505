package dev.tocsin.api.service;

import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads conditions as clients write them. Safe for all threads. */
public final class Filters {
    /** The most matchers of one condition. */
    public static final int MAX_MATCHERS = 64;

    private final MatcherParser parser;

    /** Reads matchers with {@code parser}. */
    public Filters(MatcherParser parser) {
        this.parser = parser;
    }

    /**
     * The filter that {@code query} asks for.
     *
     * @throws ServiceException if a matcher or an expression is malformed
     */
    public AlertFilter alerts(AlertQuery query) {
        return new AlertFilter(
                query.active(),
                query.silenced(),
                query.inhibited(),
                query.muted(),
                matchers("filter.matchers", query.matchers()),
                receiver(query.receiver()),
                matchers("filter.receiver_matchers", query.receiverMatchers()));
    }

    /**
     * Matchers in Alertmanager's syntax, one each.
     *
     * @param field their field's path in the request, for errors
     * @throws ServiceException if one is malformed or there are too many
     */
    public List<Matcher> matchers(String field, List<String> texts) {
        bounded(field, texts.size(), MAX_MATCHERS);
        List<Matcher> matchers = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            try {
                matchers.add(parser.single(texts.get(i), "api"));
            } catch (InvalidMatcherException e) {
                throw ServiceException.invalid(
                        "INVALID_MATCHER", field + "[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return matchers;
    }

    private static Predicate<String> receiver(String text) {
        if (text.isEmpty()) {
            return name -> true;
        }
        try {
            return Matcher.of("receiver", MatchType.REGEXP, text)::matches;
        } catch (InvalidMatcherException e) {
            throw ServiceException.invalid("INVALID_REGEXP", "filter.receiver", String.valueOf(e.getMessage()));
        }
    }

    /** Refuses more than {@code most} elements of a field. */
    static void bounded(String field, int size, int most) {
        if (size > most) {
            throw ServiceException.invalid(
                    "TOO_MANY", field, "has " + size + " elements; at most " + most + " are taken");
        }
    }
}
