package dev.tocsin.core.template.parse;

import dev.tocsin.core.label.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pipelines and knows the variables that are in scope. For one text, on one thread. */
final class Pipelines {
    private final Tokens tokens;
    private final Set<String> functions;
    private final int maxDepth;
    private List<String> variables = new ArrayList<>(List.of("$"));
    private int depth;

    Pipelines(Tokens tokens, Set<String> functions, int maxDepth) {
        this.tokens = tokens;
        this.functions = functions;
        this.maxDepth = maxDepth;
    }

    /** Begins a template of its own, which sees no variable but its data; returns those that were in scope. */
    List<String> begin() {
        List<String> outer = variables;
        variables = new ArrayList<>(List.of("$"));
        return outer;
    }

    void restore(List<String> outer) {
        variables = outer;
    }

    /** The variables in scope, for {@link #rewind}. */
    int mark() {
        return variables.size();
    }

    void rewind(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    /** A pipeline and the token that ends it. */
    Node.Pipe pipeline(String context, TokenType end) throws SyntaxException {
        if (++depth > maxDepth) {
            throw tokens.error("max expression depth exceeded");
        }
        int at = tokens.peekPiece().at();
        List<Operand.Variable> declared = new ArrayList<>();
        boolean assigns = declarations(declared, context);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = tokens.peekPiece();
            switch (token.type()) {
                case BOOL, CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, NIL, RAW_STRING, STRING, VARIABLE, OPEN ->
                    commands.add(command());
                default -> {
                    tokens.next();
                    if (!token.is(end)) {
                        throw tokens.unexpected(token, context);
                    }
                    check(commands, context);
                    depth--;
                    return new Node.Pipe(at, assigns, declared, commands);
                }
            }
        }
    }

    private void check(List<Node.Command> commands, String context) throws SyntaxException {
        if (commands.isEmpty()) {
            throw tokens.error("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            switch (commands.get(i).operands().getFirst()) {
                case Operand.Bool bool -> throw notExecutable(i);
                case Operand.Dot dot -> throw notExecutable(i);
                case Operand.Nil nil -> throw notExecutable(i);
                case Operand.Num num -> throw notExecutable(i);
                case Operand.Str str -> throw notExecutable(i);
                case Operand other -> {}
            }
        }
    }

    private SyntaxException notExecutable(int index) {
        return tokens.error("non executable command in pipeline stage " + (index + 1));
    }

    /** Reads what stands before {@code :=} or {@code =}, if anything does; tells whether it was the latter. */
    private boolean declarations(List<Operand.Variable> declared, String context) throws SyntaxException {
        while (tokens.peekPiece().is(TokenType.VARIABLE)) {
            int mark = tokens.mark();
            Token variable = tokens.next();
            Token next = tokens.peekPiece();
            if (next.is(TokenType.ASSIGN) || next.is(TokenType.DECLARE)) {
                tokens.next();
                declare(declared, variable);
                return next.is(TokenType.ASSIGN);
            }
            if (!next.is(TokenType.OTHER) || !next.text().equals(",")) {
                tokens.rewind(mark);
                return false;
            }
            tokens.next();
            declare(declared, variable);
            if (!context.equals("range") || declared.size() > 1) {
                throw tokens.error("too many declarations in " + context);
            }
            Token second = tokens.peekPiece();
            if (second.is(TokenType.RIGHT) || second.is(TokenType.CLOSE)) {
                return false;
            }
            if (!second.is(TokenType.VARIABLE)) {
                throw tokens.error("range can only initialize variables");
            }
        }
        return false;
    }

    private void declare(List<Operand.Variable> declared, Token variable) {
        declared.add(new Operand.Variable(variable.at(), variable.text(), List.of()));
        variables.add(variable.text());
    }

    private Node.Command command() throws SyntaxException {
        int at = tokens.peekPiece().at();
        List<Operand> operands = new ArrayList<>();
        while (true) {
            tokens.peekPiece();
            Operand operand = operand();
            if (operand != null) {
                operands.add(operand);
            }
            Token token = tokens.peek();
            switch (token.type()) {
                case SPACE -> tokens.next();
                case RIGHT, CLOSE -> {
                    return command(at, operands);
                }
                case PIPE -> {
                    tokens.next();
                    return command(at, operands);
                }
                default -> throw tokens.unexpected(tokens.next(), "operand");
            }
        }
    }

    private Node.Command command(int at, List<Operand> operands) throws SyntaxException {
        if (operands.isEmpty()) {
            throw tokens.error("empty command");
        }
        return new Node.Command(at, operands);
    }

    /** A term and the fields that follow it; null if the next token is no operand. */
    private @Nullable Operand operand() throws SyntaxException {
        Operand term = term();
        if (term == null || !tokens.peek().is(TokenType.FIELD)) {
            return term;
        }
        int at = tokens.peek().at();
        List<String> fields = new ArrayList<>();
        while (tokens.peek().is(TokenType.FIELD)) {
            fields.add(tokens.next().text().substring(1));
        }
        return switch (term) {
            case Operand.Field field -> {
                fields.addAll(0, field.names());
                yield new Operand.Field(at, fields);
            }
            case Operand.Variable variable -> new Operand.Variable(at, variable.name(), fields);
            case Operand.Bool bool -> throw unexpectedDot(term);
            case Operand.Str str -> throw unexpectedDot(term);
            case Operand.Num num -> throw unexpectedDot(term);
            case Operand.Nil nil -> throw unexpectedDot(term);
            case Operand.Dot dot -> throw unexpectedDot(term);
            case Operand other -> new Operand.Chain(at, other, fields);
        };
    }

    private SyntaxException unexpectedDot(Operand term) {
        return tokens.error("unexpected . after term " + GoQuote.quote(term.toString()));
    }

    private @Nullable Operand term() throws SyntaxException {
        int mark = tokens.mark();
        Token token = tokens.nextPiece();
        int at = token.at();
        String text = token.text();
        return switch (token.type()) {
            case IDENTIFIER -> {
                if (!functions.contains(text)) {
                    throw tokens.error("function " + GoQuote.quote(text) + " not defined");
                }
                yield new Operand.Function(at, text);
            }
            case DOT -> new Operand.Dot(at);
            case NIL -> new Operand.Nil(at);
            case BOOL -> new Operand.Bool(at, text.equals("true"));
            case VARIABLE -> {
                if (!variables.contains(text)) {
                    throw tokens.error("undefined variable " + GoQuote.quote(text));
                }
                yield new Operand.Variable(at, text, List.of());
            }
            case FIELD -> new Operand.Field(at, List.of(text.substring(1)));
            case CHARACTER -> character(token);
            case NUMBER -> number(token);
            case OPEN -> pipeline("parenthesized pipeline", TokenType.CLOSE);
            case STRING, RAW_STRING -> string(token);
            default -> {
                tokens.rewind(mark);
                yield null;
            }
        };
    }

    private Operand number(Token token) throws SyntaxException {
        Literal value = Literals.number(token.text());
        if (value == null) {
            boolean integer = token.text().chars().noneMatch(c -> ".eEpPi".indexOf(c) >= 0);
            throw tokens.error(
                    (integer ? "integer overflow: " : "illegal number syntax: ") + GoQuote.quote(token.text()));
        }
        return new Operand.Num(token.at(), token.text(), value);
    }

    private Operand character(Token token) throws SyntaxException {
        int value = Literals.character(token.text());
        if (value < 0) {
            throw tokens.error("malformed character constant: " + token.text());
        }
        return new Operand.Num(token.at(), token.text(), new Literal(Literal.Type.INTEGER, true, value, value));
    }

    /** The value of a string literal. */
    Operand.Str string(Token token) throws SyntaxException {
        String value = Literals.text(token.text());
        if (value == null) {
            throw tokens.error("invalid syntax");
        }
        return new Operand.Str(token.at(), token.text(), value);
    }
}
