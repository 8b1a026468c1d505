package dev.tocsin.api.hub.request;

import dev.tocsin.api.http.QueryParameters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters in the query of a request, whose names are known to be right. Immutable; safe for all threads. */
public final class Parameters {
    private final QueryParameters query;

    /** @param query as it was asked */
    public Parameters(QueryParameters query) {
        this.query = query;
    }

    private static String where(String name) {
        return "query." + name;
    }

    /** All values of a parameter that may be repeated. */
    public List<String> all(String name) {
        return query.all(name);
    }

    /** The one value; empty if there is none. */
    public String text(String name) throws ProblemException {
        List<String> all = query.all(name);
        if (all.size() > 1) {
            throw ProblemException.at(where(name), "is given " + all.size() + " times; once is right");
        }
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** {@code true} or {@code false}; {@code otherwise} if it is missing. */
    public boolean flag(String name, boolean otherwise) throws ProblemException {
        return switch (text(name)) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.at(where(name), "must be true or false");
        };
    }

    /** A whole number that is not negative. */
    public int whole(String name, int otherwise) throws ProblemException {
        String text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw ProblemException.at(where(name), "must be a whole number from 0 to " + Integer.MAX_VALUE);
    }

    /** A time as RFC 3339 has it, or null if it is missing. */
    public @Nullable Instant time(String name) throws ProblemException {
        String text = text(name);
        return text.isEmpty() ? null : Fields.time(where(name), text);
    }
}
