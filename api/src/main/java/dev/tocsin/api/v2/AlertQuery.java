package dev.tocsin.api.v2;

import dev.tocsin.api.http.QueryParameters;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads the parameters that choose alerts, receivers and silences (contract sections 7.5 to 7.8). */
final class AlertQuery {
    private final MatcherParser parser;

    AlertQuery(MatcherParser parser) {
        this.parser = parser;
    }

    /**
     * The filter that the parameters ask for.
     *
     * @throws InvalidMatcherException if one is malformed; the message is the body of the answer
     */
    AlertFilter filter(QueryParameters query) throws InvalidMatcherException {
        List<Matcher> matchers = matchers(query);
        Predicate<String> receiver = receiver(query);
        return new AlertFilter(
                QueryFlags.trueUnlessDenied(query, "active"),
                QueryFlags.trueUnlessDenied(query, "silenced"),
                QueryFlags.trueUnlessDenied(query, "inhibited"),
                QueryFlags.trueUnlessDenied(query, "muted"),
                matchers,
                receiver,
                receiverMatchers(query));
    }

    /** The {@code filter} parameters, one matcher each. */
    List<Matcher> matchers(QueryParameters query) throws InvalidMatcherException {
        List<Matcher> matchers = new ArrayList<>();
        for (String text : query.all("filter")) {
            matchers.add(parser.single(text, "api"));
        }
        return matchers;
    }

    /** The {@code receiver_matchers} parameters, one matcher each. */
    List<Matcher> receiverMatchers(QueryParameters query) throws InvalidMatcherException {
        List<Matcher> matchers = new ArrayList<>();
        for (String text : query.all("receiver_matchers")) {
            try {
                matchers.add(parser.single(text, "api"));
            } catch (InvalidMatcherException e) {
                throw new InvalidMatcherException("failed to parse receiver_matchers param: " + e.getMessage());
            }
        }
        return matchers;
    }

    private static Predicate<String> receiver(QueryParameters query) throws InvalidMatcherException {
        String text = query.last("receiver");
        if (text == null || text.isEmpty()) {
            return name -> true;
        }
        try {
            return Matcher.of("receiver", MatchType.REGEXP, text)::matches;
        } catch (InvalidMatcherException e) {
            throw new InvalidMatcherException("failed to parse receiver param: " + e.getMessage());
        }
    }
}
