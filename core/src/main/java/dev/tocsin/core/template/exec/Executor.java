package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.template.parse.Block;
import dev.tocsin.core.template.parse.Definition;
import dev.tocsin.core.template.parse.Node;
import dev.tocsin.core.template.parse.Operand;
import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.print.Output;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.LimitExceededException;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a template. For one execution, on one thread. */
public final class Executor {
    private final Function<String, @Nullable Definition> definitions;
    private final Functions functions;
    private final Environment environment;
    private final int maxDepth;
    private final Output out;
    private int depth;

    /** How a block ended. */
    private enum End {
        REACHED,
        BREAK,
        CONTINUE
    }

    /**
     * Does nothing yet.
     *
     * @param definitions the templates that can be called, by name; null for unknown ones
     * @param maxDepth how deep templates may call each other
     */
    public Executor(
            Function<String, @Nullable Definition> definitions,
            Functions functions,
            Environment environment,
            int maxDepth) {
        this.definitions = definitions;
        this.functions = functions;
        this.environment = environment;
        this.maxDepth = maxDepth;
        this.out = new Output(environment.budget());
    }

    /**
     * Runs {@code main} on {@code data}.
     *
     * @return what it printed
     * @throws ExecutionException if it fails or goes beyond the limits
     */
    public String run(Definition main, Value data) throws ExecutionException {
        begin(main, data);
        return out.toString();
    }

    private void begin(Definition definition, Value data) throws ExecutionException {
        Frame frame = new Frame(definition, new Node.Text(0, ""), data);
        try {
            new Call(frame).block(data, definition.body());
        } catch (LimitExceededException e) {
            throw frame.error(String.valueOf(e.getMessage()));
        }
    }

    /** One call of a template. */
    private final class Call {
        private final Frame frame;
        private final Evaluator evaluator;

        Call(Frame frame) {
            this.frame = frame;
            this.evaluator = new Evaluator(functions.all(), environment, frame);
        }

        End block(Value dot, Block block) throws ExecutionException {
            List<Node> nodes = block.nodes();
            for (int i = 0; i < nodes.size(); i++) {
                End end = node(dot, nodes.get(i));
                if (end != End.REACHED) {
                    return end;
                }
            }
            return End.REACHED;
        }

        private End node(Value dot, Node node) throws ExecutionException {
            frame.at(node);
            environment.budget().step();
            switch (node) {
                case Node.Text text -> out.append(text.text());
                case Node.Action action -> action(dot, action);
                case Node.If(int at, Node.Pipe pipe, Block then, Block otherwise) -> {
                    return branch(dot, pipe, then, otherwise, false);
                }
                case Node.With(int at, Node.Pipe pipe, Block then, Block otherwise) -> {
                    return branch(dot, pipe, then, otherwise, true);
                }
                case Node.Range range -> {
                    return range(dot, range);
                }
                case Node.Call call -> template(dot, call);
                case Node.Break end -> {
                    return End.BREAK;
                }
                case Node.Continue end -> {
                    return End.CONTINUE;
                }
                case Operand operand -> throw frame.error("unknown node");
                case Node.Command command -> throw frame.error("unknown node");
            }
            return End.REACHED;
        }

        private void action(Value dot, Node.Action action) throws ExecutionException {
            Value value = evaluator.pipeline(dot, action.pipe());
            if (action.pipe().variables().isEmpty()) {
                frame.at(action);
                if (value instanceof Nil) {
                    out.append("<no value>");
                } else {
                    GoFormat.value(out, value);
                }
            }
        }

        private End branch(Value dot, Node.Pipe pipe, Block then, @Nullable Block otherwise, boolean rebinds)
                throws ExecutionException {
            int mark = frame.mark();
            Value value = evaluator.pipeline(dot, pipe);
            End end = End.REACHED;
            if (value.truth()) {
                end = block(rebinds ? value : dot, then);
            } else if (otherwise != null) {
                end = block(dot, otherwise);
            }
            frame.rewind(mark);
            return end;
        }

        private End range(Value dot, Node.Range range) throws ExecutionException {
            int mark = frame.mark();
            Value value = evaluator.pipeline(dot, range.pipe());
            End end = End.REACHED;
            if (!each(range, value) && range.otherwise() != null) {
                end = block(dot, range.otherwise());
            }
            frame.rewind(mark);
            return end;
        }

        /** Runs the body for each element; false if there is none. */
        private boolean each(Node.Range range, Value value) throws ExecutionException {
            return switch (value) {
                case Items items -> elements(range, items.list());
                case KeyValues(LabelSet labels, boolean nil) -> pairs(range, labels);
                case Dictionary(Map<String, Value> entries) -> entries(range, entries);
                case Whole whole -> numbers(range, whole);
                case Nil nil -> false;
                default -> throw frame.error("range can't iterate over " + shown(value));
            };
        }

        private boolean elements(Node.Range range, List<Value> list) throws ExecutionException {
            for (int i = 0; i < list.size(); i++) {
                if (!once(range, Whole.of(i), list.get(i))) {
                    break;
                }
            }
            return !list.isEmpty();
        }

        private boolean pairs(Node.Range range, LabelSet labels) throws ExecutionException {
            for (int i = 0; i < labels.size(); i++) {
                if (!once(range, Text.of(labels.name(i)), Text.of(labels.value(i)))) {
                    break;
                }
            }
            return !labels.isEmpty();
        }

        private boolean entries(Node.Range range, Map<String, Value> entries) throws ExecutionException {
            for (Map.Entry<String, Value> entry : entries.entrySet()) {
                if (!once(range, Text.of(entry.getKey()), entry.getValue())) {
                    break;
                }
            }
            return !entries.isEmpty();
        }

        private String shown(Value value) {
            String text = GoFormat.value(environment.budget(), value);
            return text.startsWith("&") ? text.substring(1) : text;
        }

        private boolean numbers(Node.Range range, Whole count) throws ExecutionException {
            if (range.pipe().variables().size() > 1) {
                throw frame.error("can't use " + shown(count) + " to iterate over more than one variable");
            }
            WholeType type = count.kind();
            for (long i = 0; i < count.value(); i++) {
                Value number = new Whole(i, type);
                if (!once(range, number, number)) {
                    break;
                }
            }
            return count.value() > 0;
        }

        /** One turn; false if the body breaks. */
        private boolean once(Node.Range range, Value index, Value element) throws ExecutionException {
            environment.budget().step();
            List<Operand.Variable> variables = range.pipe().variables();
            int mark = frame.mark();
            if (!variables.isEmpty()) {
                Value first = variables.size() > 1 ? index : element;
                if (range.pipe().assigns()) {
                    frame.assign(variables.getFirst().name(), first);
                    if (variables.size() > 1) {
                        frame.assign(variables.get(1).name(), element);
                    }
                } else {
                    frame.assign(variables.size(), first);
                    if (variables.size() > 1) {
                        frame.assign(1, element);
                    }
                }
            }
            End end = block(element, range.each());
            frame.rewind(mark);
            return end != End.BREAK;
        }

        private void template(Value dot, Node.Call call) throws ExecutionException {
            Definition definition = definitions.apply(call.name());
            if (definition == null) {
                throw frame.error("template " + GoQuote.quote(call.name()) + " not defined");
            }
            if (depth == maxDepth) {
                throw frame.error("exceeded maximum template depth (" + maxDepth + ")");
            }
            Value data = call.pipe() == null ? Nil.NIL : evaluator.pipeline(dot, call.pipe());
            depth++;
            begin(definition, data);
            depth--;
        }
    }
}
