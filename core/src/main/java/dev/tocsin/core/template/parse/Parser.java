package dev.tocsin.core.template.parse;

import dev.tocsin.core.label.GoQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes trees of templates. For one text, on one thread. */
public final class Parser {
    /** Each level costs some frames of stack here and when it runs. */
    private static final int MAX_DEPTH = 200;

    private static final List<String> ENDS = List.of("end", "else");

    private final Source source;
    private final Tokens tokens;
    private final Pipelines pipelines;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private int rangeDepth;
    private int depth;

    private Parser(Source source, Set<String> functions) {
        this.source = source;
        this.tokens = new Tokens(source);
        this.pipelines = new Pipelines(tokens, functions, MAX_DEPTH);
    }

    /**
     * The templates that a text holds: itself under the name of its source, and what it defines.
     *
     * @param functions the names of the functions that it may call
     * @return by name
     * @throws SyntaxException if it is no template
     */
    public static Map<String, Definition> parse(Source source, Set<String> functions) throws SyntaxException {
        return new Parser(source, functions).parse();
    }

    private Map<String, Definition> parse() throws SyntaxException {
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peek().is(TokenType.END)) {
            if (!definition()) {
                Node node = textOrAction();
                if (node == null) {
                    throw tokens.error("unexpected {{" + word() + "}}");
                }
                nodes.add(node);
            }
        }
        add(source.name(), new Block(nodes));
        return definitions;
    }

    /** Takes a {@code define} with all that belongs to it, if one is next. */
    private boolean definition() throws SyntaxException {
        int mark = tokens.mark();
        if (!tokens.next().is(TokenType.LEFT) || !tokens.nextPiece().isKeyword("define")) {
            tokens.rewind(mark);
            return false;
        }
        String name = name(tokens.nextPiece(), "define clause");
        tokens.expect(TokenType.RIGHT, "define clause");
        pipelines.begin();
        Block body = block();
        expectEnd("define clause");
        pipelines.begin();
        add(name, body);
        return true;
    }

    private void add(String name, Block body) throws SyntaxException {
        Definition before = definitions.get(name);
        if (before == null || before.body().isBlank()) {
            definitions.put(name, new Definition(name, source, body));
        } else if (!body.isBlank()) {
            throw tokens.error("template: multiple definition of template " + GoQuote.quote(name));
        }
    }

    private String name(Token token, String context) throws SyntaxException {
        if (!token.isString()) {
            throw tokens.unexpected(token, context);
        }
        return pipelines.string(token).value();
    }

    /** Everything up to {@code end} or {@code else}, which is left to be read. */
    private Block block() throws SyntaxException {
        if (++depth > MAX_DEPTH) {
            throw tokens.error("max expression depth exceeded");
        }
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peek().is(TokenType.END)) {
            Node node = textOrAction();
            if (node == null) {
                depth--;
                return new Block(nodes);
            }
            nodes.add(node);
        }
        throw tokens.error("unexpected EOF");
    }

    /** What ended a block. */
    private String word() {
        return tokens.next().text();
    }

    private void expectEnd(String context) throws SyntaxException {
        String word = word();
        if (!word.equals("end")) {
            throw tokens.error("unexpected {{" + word + "}} in " + context);
        }
        tokens.expect(TokenType.RIGHT, "end");
    }

    /** The next node; null at {@code end} and {@code else}, the word of which is left to be read. */
    private @Nullable Node textOrAction() throws SyntaxException {
        Token token = tokens.nextPiece();
        return switch (token.type()) {
            case TEXT -> new Node.Text(token.at(), token.text());
            case LEFT -> action();
            default -> throw tokens.unexpected(token, "input");
        };
    }

    private @Nullable Node action() throws SyntaxException {
        Token token = tokens.peekPiece();
        if (!token.is(TokenType.KEYWORD) || token.isKeyword("define")) {
            return new Node.Action(token.at(), pipelines.pipeline("command", TokenType.RIGHT));
        }
        if (ENDS.contains(token.text())) {
            return null;
        }
        tokens.next();
        return switch (token.text()) {
            case "if", "with", "range" -> control(token);
            case "template" -> call();
            case "block" -> defineAndCall(token);
            case "break", "continue" -> jump(token);
            default -> throw tokens.unexpected(token, "command");
        };
    }

    private Node control(Token token) throws SyntaxException {
        String context = token.text();
        boolean loop = context.equals("range");
        int variables = pipelines.mark();
        Node.Pipe pipe = pipelines.pipeline(context, TokenType.RIGHT);
        rangeDepth += loop ? 1 : 0;
        Block body = block();
        rangeDepth -= loop ? 1 : 0;
        Block otherwise = word().equals("else") ? otherwise(context) : null;
        if (otherwise == null) {
            tokens.expect(TokenType.RIGHT, "end");
        }
        pipelines.rewind(variables);
        return switch (context) {
            case "if" -> new Node.If(pipe.at(), pipe, body, otherwise);
            case "with" -> new Node.With(pipe.at(), pipe, body, otherwise);
            default -> new Node.Range(pipe.at(), pipe, body, otherwise);
        };
    }

    /** What follows {@code else}, the {@code end} included. An {@code else if} shares the end of its {@code if}. */
    private Block otherwise(String context) throws SyntaxException {
        Token token = tokens.peekPiece();
        if (token.isKeyword("if") || token.isKeyword("with")) {
            if (!token.isKeyword(context)) {
                throw tokens.unexpected(tokens.next(), "input");
            }
            if (++depth > MAX_DEPTH) {
                throw tokens.error("max expression depth exceeded");
            }
            Node chained = control(tokens.next());
            depth--;
            return new Block(List.of(chained));
        }
        tokens.expect(TokenType.RIGHT, "else");
        Block block = block();
        String word = word();
        if (!word.equals("end")) {
            throw tokens.error("expected end; found {{" + word + "}}");
        }
        tokens.expect(TokenType.RIGHT, "end");
        return block;
    }

    private Node call() throws SyntaxException {
        Token token = tokens.nextPiece();
        String name = name(token, "template clause");
        Node.Pipe pipe = null;
        if (tokens.peekPiece().is(TokenType.RIGHT)) {
            tokens.next();
        } else {
            pipe = pipelines.pipeline("template clause", TokenType.RIGHT);
        }
        return new Node.Call(token.at(), name, GoQuote.quote(name), pipe);
    }

    private Node defineAndCall(Token block) throws SyntaxException {
        Token token = tokens.nextPiece();
        String name = name(token, "block clause");
        Node.Pipe pipe = pipelines.pipeline("block clause", TokenType.RIGHT);
        int outerRange = rangeDepth;
        List<String> outer = pipelines.begin();
        rangeDepth = 0;
        Block body = block();
        expectEnd("block clause");
        rangeDepth = outerRange;
        pipelines.restore(outer);
        add(name, body);
        return new Node.Call(block.at(), name, GoQuote.quote(name), pipe);
    }

    private Node jump(Token token) throws SyntaxException {
        Token after = tokens.nextPiece();
        if (!after.is(TokenType.RIGHT)) {
            throw tokens.unexpected(after, "{{" + token.text() + "}}");
        }
        if (rangeDepth == 0) {
            throw tokens.error("{{" + token.text() + "}} outside {{range}}");
        }
        return token.isKeyword("break") ? new Node.Break(token.at()) : new Node.Continue(token.at());
    }
}
