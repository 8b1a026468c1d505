package dev.tocsin.core.template.parse;

import dev.tocsin.core.label.GoQuote;
import java.util.List;

/** The tokens of a template, read one after the other. For one text, on one thread. */
final class Tokens {
    private final Source source;
    private final List<Token> tokens;
    private int at;
    private int seen;
    private int actionStart;

    Tokens(Source source) {
        this.source = source;
        this.tokens = Lexer.tokens(source.text());
    }

    /** The next token; at the end the last one again and again. */
    Token next() {
        Token token = peek();
        if (at < tokens.size() - 1) {
            at++;
        }
        if (token.is(TokenType.LEFT)) {
            actionStart = token.at();
        }
        return token;
    }

    Token peek() {
        seen = at;
        return tokens.get(at);
    }

    /** The next token that is not space. */
    Token nextPiece() {
        skipSpace();
        return next();
    }

    Token peekPiece() {
        skipSpace();
        return peek();
    }

    private void skipSpace() {
        while (tokens.get(at).is(TokenType.SPACE)) {
            at++;
        }
    }

    /** Where it stands, for {@link #rewind}. */
    int mark() {
        return at;
    }

    void rewind(int mark) {
        at = mark;
    }

    /** Takes a token that must be there. */
    void expect(TokenType type, String context) throws SyntaxException {
        Token token = nextPiece();
        if (!token.is(type)) {
            throw unexpected(token, context);
        }
    }

    SyntaxException unexpected(Token token, String context) {
        if (!token.is(TokenType.ERROR)) {
            return error("unexpected " + token.described() + " in " + context);
        }
        int line = source.line(actionStart);
        if (line == source.line(token.at())) {
            return error(token.text());
        }
        String action = token.text().endsWith(" action") ? " started at " : " in action started at ";
        return error(token.text() + action + source.name() + ":" + line);
    }

    /** What is wrong at the token that was looked at last. */
    SyntaxException error(String message) {
        return new SyntaxException("template: " + source.name() + ":"
                + source.line(tokens.get(seen).at()) + ": " + message);
    }

    static String quote(String text) {
        return GoQuote.quote(text);
    }
}
