package dev.tocsin.api.hub.request;

import dev.tocsin.api.service.Filters;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads matchers in bodies: each a text in Alertmanager's syntax, or an object with name, operator and value. Safe for all
 * threads.
 */
public final class MatcherInput {
    private final Filters filters;

    /** @param filters parses matchers that are given as text */
    public MatcherInput(Filters filters) {
        this.filters = filters;
    }

    /** The matchers of a field; empty if it is missing. */
    public List<MatcherDraft> read(Fields fields, String name) throws ProblemException {
        List<MatcherDraft> drafts = new ArrayList<>();
        for (Object element : fields.list(name, Filters.MAX_MATCHERS)) {
            drafts.add(
                    element instanceof String text
                            ? parsed(text)
                            : object(fields.object(name, drafts.size(), element)));
        }
        return drafts;
    }

    private MatcherDraft parsed(String text) {
        Matcher matcher = filters.matchers("matchers", List.of(text)).getFirst();
        return new MatcherDraft(
                matcher.name(),
                matcher.value(),
                matcher.type().isRegex(),
                matcher.type().isPositive());
    }

    private static MatcherDraft object(Fields fields) throws ProblemException {
        String name = fields.text("name");
        String operator = fields.text("operator");
        String value = fields.text("value");
        fields.done();
        return switch (operator) {
            case "=" -> new MatcherDraft(name, value, false, true);
            case "!=" -> new MatcherDraft(name, value, false, false);
            case "=~" -> new MatcherDraft(name, value, true, true);
            case "!~" -> new MatcherDraft(name, value, true, false);
            default -> throw ProblemException.at(fields.where("operator"), "must be one of =, !=, =~, !~");
        };
    }
}
