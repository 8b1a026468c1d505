package dev.tocsin.core.template.parse;

import java.util.List;

/** What a command consists of. Immutable. */
public sealed interface Operand extends Node
        permits Node.Pipe,
                Operand.Bool,
                Operand.Str,
                Operand.Num,
                Operand.Nil,
                Operand.Dot,
                Operand.Field,
                Operand.Variable,
                Operand.Chain,
                Operand.Function {
    /** {@code true} or {@code false}. */
    record Bool(int at, boolean value) implements Operand {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A string literal.
     *
     * @param quoted as it is written
     * @param value what it means; bytes that are no UTF-8 are lone surrogates
     */
    record Str(int at, String quoted, String value) implements Operand {
        @Override
        public String toString() {
            return quoted;
        }
    }

    /** A number, see {@link Literal}. */
    record Num(int at, String written, Literal value) implements Operand {
        @Override
        public String toString() {
            return written;
        }
    }

    /** {@code nil}. */
    record Nil(int at) implements Operand {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /** The dot. */
    record Dot(int at) implements Operand {
        @Override
        public String toString() {
            return ".";
        }
    }

    /** Fields of the dot, at least one; names without dots. */
    record Field(int at, List<String> names) implements Operand {
        /** Copies the list. */
        public Field {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "." + String.join(".", names);
        }
    }

    /**
     * A variable, or fields of one.
     *
     * @param name with its dollar sign
     */
    record Variable(int at, String name, List<String> fields) implements Operand {
        /** Copies the list. */
        public Variable {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.isEmpty() ? name : name + "." + String.join(".", fields);
        }
    }

    /** Fields of anything else. */
    record Chain(int at, Operand of, List<String> fields) implements Operand {
        /** Copies the list. */
        public Chain {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return Command.inParentheses(of) + "." + String.join(".", fields);
        }
    }

    /** The name of a function. */
    record Function(int at, String name) implements Operand {
        @Override
        public String toString() {
            return name;
        }
    }
}
