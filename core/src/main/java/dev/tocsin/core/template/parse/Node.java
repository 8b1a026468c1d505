package dev.tocsin.core.template.parse;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node of a template's tree. Immutable. Its text is the canonical form of what was written. */
public sealed interface Node
        permits Operand,
                Node.Text,
                Node.Action,
                Node.If,
                Node.With,
                Node.Range,
                Node.Call,
                Node.Break,
                Node.Continue,
                Node.Command {
    /** The index of the character in the source that errors name. */
    int at();

    /** Text that is printed as it is. */
    record Text(int at, String text) implements Node {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Prints the value of a pipeline, unless it declares or assigns. */
    record Action(int at, Pipe pipe) implements Node {
        @Override
        public String toString() {
            return "{{" + pipe + "}}";
        }
    }

    /** {@code if}. */
    record If(int at, Pipe pipe, Block then, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return "{{if " + pipe + "}}";
        }
    }

    /** {@code with}: what follows sees the value as its dot. */
    record With(int at, Pipe pipe, Block then, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return "{{with " + pipe + "}}";
        }
    }

    /** {@code range}. */
    record Range(int at, Pipe pipe, Block each, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return "{{range " + pipe + "}}";
        }
    }

    /** {@code template}: calls a named one. */
    record Call(
            int at, String name, String quoted, @Nullable Pipe pipe) implements Node {
        @Override
        public String toString() {
            return "{{template " + quoted + (pipe == null ? "" : " " + pipe) + "}}";
        }
    }

    /** {@code break}. */
    record Break(int at) implements Node {
        @Override
        public String toString() {
            return "{{break}}";
        }
    }

    /** {@code continue}. */
    record Continue(int at) implements Node {
        @Override
        public String toString() {
            return "{{continue}}";
        }
    }

    /**
     * Commands, each of which gets the value of the one before as its last argument.
     *
     * @param assigns whether the variables exist already
     * @param variables what takes the value; none, one, or for {@code range} two
     */
    record Pipe(int at, boolean assigns, List<Operand.Variable> variables, List<Command> commands) implements Operand {
        /** Copies the lists. */
        public Pipe {
            variables = List.copyOf(variables);
            commands = List.copyOf(commands);
        }

        @Override
        public String toString() {
            String declared = variables.isEmpty()
                    ? ""
                    : variables.stream().map(Operand.Variable::toString).collect(Collectors.joining(", "))
                            + (assigns ? " = " : " := ");
            return declared + commands.stream().map(Command::toString).collect(Collectors.joining(" | "));
        }
    }

    /** An operand with what it is given; never empty. */
    record Command(int at, List<Operand> operands) implements Node {
        /** Copies the list. */
        public Command {
            operands = List.copyOf(operands);
        }

        @Override
        public String toString() {
            return operands.stream().map(Command::inParentheses).collect(Collectors.joining(" "));
        }

        static String inParentheses(Operand operand) {
            return operand instanceof Pipe ? "(" + operand + ")" : operand.toString();
        }
    }
}
