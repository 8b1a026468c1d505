package dev.tocsin.core.matcher;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Reads matchers as people write them, in the configuration, in query parameters and on the command line (contract
 * section 3). Immutable; safe for all threads if the warnings are.
 */
public final class MatcherParser {
    private final MatcherMode mode;
    private final Consumer<MatcherWarning> warnings;

    /** Reads in {@code mode} and hands what an operator should know to {@code warnings}, on the calling thread. */
    public MatcherParser(MatcherMode mode, Consumer<MatcherWarning> warnings) {
        this.mode = mode;
        this.warnings = warnings;
    }

    /** Reads in {@code mode} and logs warnings. */
    public MatcherParser(MatcherMode mode) {
        this(mode, warning -> warning.logTo(LoggerFactory.getLogger(MatcherParser.class)));
    }

    /** The mode, which also rules label names. */
    public MatcherMode mode() {
        return mode;
    }

    /**
     * The one matcher in {@code text}, which must not be in braces.
     *
     * @param origin where the text came from, for warnings: {@code config}, {@code api} or {@code cli}
     * @throws InvalidMatcherException if the text is not exactly one matcher
     */
    public Matcher single(String text, String origin) throws InvalidMatcherException {
        if (mode == MatcherMode.CLASSIC) {
            return ClassicGrammar.single(text);
        }
        if (text.startsWith("{") || text.endsWith("}")) {
            throw new InvalidMatcherException("unexpected open or close brace: " + text);
        }
        if (mode == MatcherMode.UTF8_STRICT) {
            return Utf8Grammar.single(text);
        }
        return both(text, origin, one -> List.of(Utf8Grammar.single(one)), one -> List.of(ClassicGrammar.single(one)))
                .getFirst();
    }

    /**
     * The matchers in {@code text}, separated by commas, with or without braces, in the order in which they are written.
     *
     * @param origin as in {@link #single}
     * @return may be empty; unmodifiable
     * @throws InvalidMatcherException if the text is no list of matchers
     */
    public List<Matcher> list(String text, String origin) throws InvalidMatcherException {
        return switch (mode) {
            case CLASSIC -> ClassicGrammar.list(text);
            case UTF8_STRICT -> Utf8Grammar.list(text);
            case FALLBACK -> both(text, origin, Utf8Grammar::list, ClassicGrammar::list);
        };
    }

    private interface Grammar {
        List<Matcher> read(String text) throws InvalidMatcherException;
    }

    /** The classic result wins whenever there is one, so that no configuration changes its meaning unnoticed. */
    private List<Matcher> both(String text, String origin, Grammar utf8, Grammar classic)
            throws InvalidMatcherException {
        List<Matcher> modern;
        try {
            modern = utf8.read(text);
        } catch (InvalidMatcherException e) {
            List<Matcher> old = classic.read(text);
            warnings.accept(MatcherWarning.incompatible(text, origin, message(e), print(old)));
            return old;
        }
        List<Matcher> old;
        try {
            old = classic.read(text);
        } catch (InvalidMatcherException e) {
            return modern;
        }
        if (!old.equals(modern)) {
            warnings.accept(MatcherWarning.disagreement(text, origin));
        }
        return old;
    }

    private static String message(InvalidMatcherException e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }

    private static String print(List<Matcher> matchers) {
        StringBuilder out = new StringBuilder();
        for (Matcher matcher : matchers) {
            if (!out.isEmpty()) {
                out.append(',');
            }
            out.append(matcher);
        }
        return out.toString();
    }
}
