package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.parse.Node;
import dev.tocsin.core.template.parse.Operand;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Imaginary;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Real;
import dev.tocsin.core.template.value.Structure;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the values of pipelines in one call of a template. Go reports an error at the node that it came to last, so
 * each step tells the frame where it is. For one execution, on one thread.
 */
final class Evaluator {
    private final Map<String, Routine> functions;
    private final Environment environment;
    private final Frame frame;

    Evaluator(Map<String, Routine> functions, Environment environment, Frame frame) {
        this.functions = functions;
        this.environment = environment;
        this.frame = frame;
    }

    /** The value of {@code pipe}; declares or assigns its variables. */
    Value pipeline(Value dot, Node.Pipe pipe) throws ExecutionException {
        frame.at(pipe);
        environment.budget().step();
        Value value = null;
        for (Node.Command command : pipe.commands()) {
            value = command(dot, command, value);
        }
        Value result = value == null ? Nil.NIL : value;
        for (Operand.Variable variable : pipe.variables()) {
            if (!pipe.assigns()) {
                frame.declare(variable.name(), result);
            } else if (!frame.assign(variable.name(), result)) {
                throw frame.error("undefined variable: " + variable.name());
            }
        }
        return result;
    }

    private Value command(Value dot, Node.Command command, @Nullable Value piped) throws ExecutionException {
        List<Operand> operands = command.operands();
        Operand first = operands.getFirst();
        return switch (first) {
            case Operand.Field field -> {
                frame.at(field);
                yield fields(dot, field, field.names(), 0, dot, operands, piped);
            }
            case Operand.Chain chain -> chain(dot, chain, operands, piped);
            case Operand.Function function -> function(dot, function, command, operands, piped);
            case Operand.Variable variable -> variable(dot, variable, operands, piped);
            case Node.Pipe pipe -> {
                refuseArguments(operands, piped);
                yield pipeline(dot, pipe);
            }
            default -> {
                frame.at(first);
                refuseArguments(operands, piped);
                yield switch (first) {
                    case Operand.Bool bool -> Bool.of(bool.value());
                    case Operand.Dot self -> dot;
                    case Operand.Num num -> number(num);
                    case Operand.Str str -> Text.of(str.value());
                    default -> throw frame.error("nil is not a command");
                };
            }
        };
    }

    private void refuseArguments(List<Operand> operands, @Nullable Value piped) throws ExecutionException {
        if (operands.size() > 1 || piped != null) {
            throw frame.error("can't give argument to non-function " + operands.getFirst());
        }
    }

    /** The value of a number where nothing asks for a type. */
    private Value number(Operand.Num num) throws ExecutionException {
        frame.at(num);
        return switch (num.value().type()) {
            case INTEGER -> Whole.of(num.value().whole());
            case REAL -> new Real(num.value().real());
            case IMAGINARY -> new Imaginary(num.value().real());
            case UNSIGNED -> throw frame.error(num.written() + " overflows int");
        };
    }

    private Value variable(Value dot, Operand.Variable variable, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        frame.at(variable);
        Value value = frame.find(variable.name());
        if (value == null) {
            throw frame.error("undefined variable: " + variable.name());
        }
        if (variable.fields().isEmpty()) {
            refuseArguments(operands, piped);
            return value;
        }
        return fields(dot, variable, variable.fields(), 0, value, operands, piped);
    }

    private Value chain(Value dot, Operand.Chain chain, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        frame.at(chain);
        if (chain.of() instanceof Operand.Nil) {
            throw frame.error("indirection through explicit nil in " + chain);
        }
        Value value = argument(dot, Parameter.ANY, chain.of());
        return fields(dot, chain, chain.fields(), 0, value, operands, piped);
    }

    /** Follows {@code names} from {@code receiver}; only the last one gets arguments. */
    private Value fields(
            Value dot,
            Operand node,
            List<String> names,
            int from,
            Value receiver,
            List<Operand> operands,
            @Nullable Value piped)
            throws ExecutionException {
        Value value = receiver;
        int last = names.size() - 1;
        for (int i = from; i < last; i++) {
            boolean fromDictionary = value instanceof Dictionary;
            value = field(dot, node, names.get(i), value, List.of(), null);
            if (fromDictionary && value instanceof Nil) {
                throw frame.error("nil pointer evaluating interface {}." + names.get(i + 1));
            }
        }
        return field(dot, node, names.get(last), value, operands, piped);
    }

    private Value field(
            Value dot, Operand node, String name, Value receiver, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        environment.budget().step();
        if (receiver instanceof Nil) {
            return Nil.NIL;
        }
        Routine method = Members.method(receiver, name);
        if (method != null) {
            return call(dot, method, node, name, receiver, operands, piped);
        }
        boolean given = operands.size() > 1 || piped != null;
        switch (receiver) {
            case Structure structure -> {
                Value field = structure.field(name);
                if (field != null) {
                    if (given) {
                        throw frame.error(name + " has arguments but cannot be invoked as function");
                    }
                    return field;
                }
            }
            case KeyValues labels -> {
                refuseForMap(name, given);
                return Text.of(labels.labels().get(name));
            }
            case Dictionary(Map<String, Value> entries) -> {
                refuseForMap(name, given);
                return entries.getOrDefault(name, Nil.NIL);
            }
            default -> {
                // neither fields nor keys
            }
        }
        throw frame.error("can't evaluate field " + name + " in type " + receiver.type());
    }

    private void refuseForMap(String name, boolean given) throws ExecutionException {
        if (given) {
            throw frame.error(name + " is not a method but has arguments");
        }
    }

    private Value function(Value dot, Operand.Function function, Node at, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        frame.at(function);
        String name = function.name();
        Routine routine = functions.get(name);
        if (routine == null) {
            throw frame.error("\"" + name + "\" is not a defined function");
        }
        if (name.equals("call")) {
            return dynamicCall(dot, at, operands, piped);
        }
        return call(dot, routine, at, name, null, operands, piped);
    }

    /** No value of a template can be called. */
    private Value dynamicCall(Value dot, Node at, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        if (operands.size() < 2 && piped == null) {
            throw frame.error("wrong number of args for call: want at least 1 got 0");
        }
        Value callee = operands.size() > 1 ? argument(dot, Parameter.REFLECTED, operands.get(1)) : piped;
        frame.at(at);
        String what = operands.size() > 1 ? operands.get(1).toString() : "value";
        throw frame.error("error calling call: "
                + (callee == null || callee instanceof Nil
                        ? "call of nil"
                        : "non-function " + what + " of type " + callee.type()));
    }

    private Value call(
            Value dot,
            Routine routine,
            Node node,
            String name,
            @Nullable Value receiver,
            List<Operand> operands,
            @Nullable Value piped)
            throws ExecutionException {
        environment.budget().step();
        int written = Math.max(0, operands.size() - 1);
        int given = written + (piped == null ? 0 : 1);
        checkCount(routine, name, written, given);
        if (receiver == null && (name.equals("and") || name.equals("or"))) {
            return decided(dot, name.equals("or"), operands, piped);
        }
        int offset = receiver == null ? 0 : 1;
        Value[] values = new Value[given + offset];
        if (receiver != null) {
            values[0] = receiver;
        }
        for (int i = 0; i < written; i++) {
            values[i + offset] = argument(dot, routine.parameter(i), operands.get(i + 1));
        }
        if (piped != null) {
            values[given - 1 + offset] = suited(piped, routine.parameter(given - 1));
        }
        try {
            Value result = routine.body().call(environment, values);
            environment.budget().made(result);
            return result;
        } catch (FunctionException e) {
            frame.at(node);
            throw frame.error("error calling " + name + ": " + e.getMessage());
        }
    }

    private void checkCount(Routine routine, String name, int written, int given) throws ExecutionException {
        int fixed = routine.fixed();
        if (given < fixed || (given > fixed && !routine.variadic())) {
            throw frame.error("wrong number of args for " + name + ": want "
                    + (routine.variadic() ? "at least " + fixed + " got " + written : fixed + " got " + given));
        }
    }

    /** The first argument that decides, or the last one; those after it are not even evaluated. */
    private Value decided(Value dot, boolean or, List<Operand> operands, @Nullable Value piped)
            throws ExecutionException {
        Value value = Nil.NIL;
        for (int i = 1; i < operands.size(); i++) {
            value = argument(dot, Parameter.REFLECTED, operands.get(i));
            if (value.truth() == or) {
                return value;
            }
        }
        return piped == null ? value : piped;
    }

    private Value argument(Value dot, Parameter parameter, Operand operand) throws ExecutionException {
        frame.at(operand);
        List<Operand> alone = List.of();
        return switch (operand) {
            case Operand.Dot self -> suited(dot, parameter);
            case Operand.Nil nil -> {
                if (parameter.takesNil()) {
                    yield parameter.ofNil();
                }
                throw frame.error("cannot assign nil to " + parameter.go());
            }
            case Operand.Field field -> suited(fields(dot, field, field.names(), 0, dot, alone, null), parameter);
            case Operand.Variable variable -> suited(variable(dot, variable, alone, null), parameter);
            case Node.Pipe pipe -> suited(pipeline(dot, pipe), parameter);
            case Operand.Function function -> suited(function(dot, function, function, alone, null), parameter);
            case Operand.Chain chain -> suited(chain(dot, chain, alone, null), parameter);
            case Operand.Bool bool -> literal(operand, Bool.of(bool.value()), parameter);
            case Operand.Str str -> literal(operand, Text.of(str.value()), parameter);
            case Operand.Num num -> literal(num, parameter);
        };
    }

    private Value literal(Operand.Num num, Parameter parameter) throws ExecutionException {
        if (!parameter.isNumber()) {
            return literal(num, null, parameter);
        }
        if (num.value().integral()) {
            return parameter.number(num.value().whole());
        }
        throw frame.error("expected integer; found " + num);
    }

    private Value literal(Operand operand, @Nullable Value value, Parameter parameter) throws ExecutionException {
        return switch (parameter) {
            case ANY, REFLECTED -> value == null && operand instanceof Operand.Num num ? number(num) : present(value);
            case STRING -> {
                if (value instanceof Text) {
                    yield value;
                }
                throw frame.error("expected string; found " + operand);
            }
            case INT, DURATION -> throw frame.error("expected integer; found " + operand);
            case STRINGS, LIST, TIME, LOCATION ->
                throw frame.error("can't handle " + operand + " for arg of type " + parameter.go());
        };
    }

    private static Value present(@Nullable Value value) {
        return value == null ? Nil.NIL : value;
    }

    /** {@code value}, if it can be given for {@code parameter}. */
    private Value suited(Value value, Parameter parameter) throws ExecutionException {
        if (value instanceof Nil) {
            if (parameter.takesNil()) {
                return parameter.ofNil();
            }
            throw frame.error("invalid value; expected " + parameter.go());
        }
        if (!parameter.accepts(value)) {
            throw frame.error("wrong type for value; expected " + parameter.go() + "; got " + value.type());
        }
        return value;
    }
}
