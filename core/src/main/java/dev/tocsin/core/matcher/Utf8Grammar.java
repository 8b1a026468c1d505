package dev.tocsin.core.matcher;

import dev.tocsin.core.matcher.Utf8Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** The newer grammar: any UTF-8 names, quotes where text is ambiguous (contract section 3.2). */
final class Utf8Grammar {
    private final Utf8Lexer lexer;
    private final List<Matcher> matchers = new ArrayList<>();

    private Utf8Grammar(String text) {
        this.lexer = new Utf8Lexer(text);
    }

    static Matcher single(String text) throws InvalidMatcherException {
        List<Matcher> matchers = list(text);
        return switch (matchers.size()) {
            case 0 -> throw new InvalidMatcherException("no matchers");
            case 1 -> matchers.getFirst();
            default -> throw new InvalidMatcherException("expected 1 matcher, found " + matchers.size());
        };
    }

    static List<Matcher> list(String text) throws InvalidMatcherException {
        return new Utf8Grammar(text).parse();
    }

    private List<Matcher> parse() throws InvalidMatcherException {
        boolean braced = lexer.peek().kind() == Kind.OPEN_BRACE;
        if (braced) {
            lexer.next();
        }
        boolean more = switch (lexer.peek().kind()) {
            case END, CLOSE_BRACE -> false;
            default -> true;
        };
        while (more) {
            matchers.add(matcher());
            more = comma();
        }
        close(braced);
        Utf8Token rest = take("expected end of input");
        if (rest.kind() != Kind.END) {
            throw new InvalidMatcherException(
                    rest.start() + ":" + rest.end() + ": " + rest.text() + ": expected end of input");
        }
        return List.copyOf(matchers);
    }

    private Matcher matcher() throws InvalidMatcherException {
        String name = word("expected label name");
        String wanted = "expected an operator such as '=', '!=', '=~' or '!~'";
        Utf8Token operator = take(wanted);
        MatchType type = operator.kind().operator();
        if (type == null) {
            throw unexpected(operator, wanted);
        }
        String value = word("expected label value");
        try {
            return Matcher.of(name, type, value);
        } catch (InvalidMatcherException e) {
            throw new InvalidMatcherException("failed to create matcher: " + e.getMessage());
        }
    }

    private String word(String wanted) throws InvalidMatcherException {
        Utf8Token token = take(wanted);
        if (!token.isWord()) {
            throw unexpected(token, wanted);
        }
        return token.word();
    }

    /** Takes the comma after a matcher, if there is one; whether another matcher follows. */
    private boolean comma() throws InvalidMatcherException {
        String wanted = "expected a comma or close brace";
        Utf8Token token = peek(wanted);
        if (token.kind() == Kind.END || token.kind() == Kind.CLOSE_BRACE) {
            return false;
        }
        if (token.kind() != Kind.COMMA) {
            throw unexpected(token, wanted);
        }
        lexer.next();
        wanted = "expected a matcher or close brace after comma";
        token = peek(wanted);
        if (token.kind() == Kind.END || token.kind() == Kind.CLOSE_BRACE) {
            return false;
        }
        if (!token.isWord()) {
            throw unexpected(token, wanted);
        }
        return true;
    }

    private void close(boolean braced) throws InvalidMatcherException {
        if (lexer.peek().kind() == Kind.CLOSE_BRACE) {
            lexer.next();
            if (!braced) {
                throw new InvalidMatcherException("0:" + lexer.column() + ": }: expected opening brace");
            }
        } else if (braced) {
            throw new InvalidMatcherException("0:" + lexer.column() + ": end of input: expected close brace");
        }
    }

    private Utf8Token take(String wanted) throws InvalidMatcherException {
        peek(wanted);
        return lexer.next();
    }

    private Utf8Token peek(String wanted) throws InvalidMatcherException {
        try {
            return lexer.peek();
        } catch (InvalidMatcherException e) {
            throw new InvalidMatcherException(e.getMessage() + ": " + wanted);
        }
    }

    private static InvalidMatcherException unexpected(Utf8Token token, String wanted) {
        return new InvalidMatcherException(token.unexpected() + ": " + wanted);
    }
}
