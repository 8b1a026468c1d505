package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Bytes;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions that every Go template has (notifiers contract section 4.4). Stateless. */
final class Builtins {
    /** Escaping takes this much longer than copying. */
    private static final long WEIGHT = 8;

    private static final Value NO_VALUE = Text.of("<no value>");

    private Builtins() {}

    /** By name. {@code and} and {@code or} evaluate their arguments one by one; that is the evaluator's work. */
    static Map<String, Routine> all() {
        Map<String, Routine> all = new HashMap<>();
        Routine unevaluated =
                Routine.variadic((environment, values) -> values[0], Parameter.REFLECTED, Parameter.REFLECTED);
        all.put("and", unevaluated);
        all.put("or", unevaluated);
        all.put("not", Routine.of((environment, values) -> Bool.of(!values[0].truth()), Parameter.REFLECTED));
        all.put("eq", Routine.variadic(Comparisons::equal, Parameter.REFLECTED, Parameter.REFLECTED));
        all.put("ne", comparison((environment, values) -> {
            Value equal = Comparisons.equal(environment, values);
            return Bool.of(!equal.truth());
        }));
        all.put(
                "lt",
                comparison((environment, values) -> Bool.of(Comparisons.order(environment, values[0], values[1]) < 0)));
        all.put(
                "le",
                comparison(
                        (environment, values) -> Bool.of(Comparisons.order(environment, values[0], values[1]) <= 0)));
        all.put(
                "gt",
                comparison((environment, values) -> Bool.of(Comparisons.order(environment, values[0], values[1]) > 0)));
        all.put(
                "ge",
                comparison(
                        (environment, values) -> Bool.of(Comparisons.order(environment, values[0], values[1]) >= 0)));
        all.put("call", unevaluated);
        all.put(
                "len",
                Routine.of((environment, values) -> Whole.of(length(environment, values[0])), Parameter.REFLECTED));
        all.put("index", Routine.variadic(Builtins::index, Parameter.REFLECTED, Parameter.REFLECTED));
        all.put("slice", Routine.variadic(Builtins::slice, Parameter.REFLECTED, Parameter.REFLECTED));
        all.put(
                "print",
                printing(
                        (environment, values) -> Text.of(GoFormat.print(environment.budget(), Arrays.asList(values)))));
        all.put(
                "println",
                printing((environment, values) ->
                        Text.of(GoFormat.println(environment.budget(), Arrays.asList(values)))));
        all.put(
                "printf",
                Routine.variadic(
                        (environment, values) -> Text.of(Bytes.rejoin(GoFormat.printf(
                                environment.budget(),
                                ((Text) values[0]).value(),
                                Arrays.asList(values).subList(1, values.length)))),
                        Parameter.STRING,
                        Parameter.ANY));
        all.put(
                "html",
                printing((environment, values) -> escaped(environment, Escapes.html(joined(environment, values)))));
        all.put("js", printing((environment, values) -> escaped(environment, Escapes.js(joined(environment, values)))));
        all.put(
                "urlquery",
                printing((environment, values) -> escaped(environment, Escapes.urlQuery(joined(environment, values)))));
        return all;
    }

    private static Routine comparison(Routine.Body body) {
        return Routine.of(body, Parameter.REFLECTED, Parameter.REFLECTED);
    }

    private static Routine printing(Routine.Body body) {
        return Routine.variadic(body, Parameter.ANY);
    }

    private static Value escaped(Environment environment, String text) {
        environment.budget().work(text.length(), WEIGHT * text.length());
        return Text.of(text);
    }

    /** A single text as it is, anything else as {@code print} joins it; nothing at all is shown as in a template. */
    private static String joined(Environment environment, Value[] values) {
        if (values.length == 1 && values[0] instanceof Text(String text, var kind)) {
            return text;
        }
        Value[] shown = values.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown[i] instanceof Nil ? NO_VALUE : shown[i];
        }
        return GoFormat.print(environment.budget(), Arrays.asList(shown));
    }

    private static int length(Environment environment, Value value) throws FunctionException {
        return switch (value) {
            case Text(String text, var kind) -> {
                environment.budget().work(text.length());
                yield Bytes.length(text);
            }
            case Items items -> items.list().size();
            case KeyValues keyValues -> keyValues.labels().size();
            case Dictionary dictionary -> dictionary.entries().size();
            case Nil nil -> throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
            default -> throw new FunctionException("len of type " + value.type());
        };
    }

    private static Value index(Environment environment, Value[] values) throws FunctionException {
        Value item = values[0];
        if (item instanceof Nil) {
            throw new FunctionException("index of untyped nil");
        }
        for (int i = 1; i < values.length; i++) {
            item = index(environment, item, values[i]);
        }
        return item;
    }

    private static Value index(Environment environment, Value item, Value index) throws FunctionException {
        return switch (item) {
            case Items(List<Value> list, ItemsType kind, boolean nil) -> {
                long at = position(index, list.size());
                if (at == list.size()) {
                    throw new FunctionException(
                            list.isEmpty() ? "reflect: slice index out of range" : "index out of range: " + at);
                }
                yield list.get((int) at);
            }
            case Text(String text, var kind) -> {
                environment.budget().work(text.length());
                byte[] bytes = Bytes.encode(text);
                long at = position(index, bytes.length);
                if (at == bytes.length) {
                    throw new FunctionException("reflect: string index out of range");
                }
                yield new Whole(bytes[(int) at] & 0xff, WholeType.UINT8);
            }
            case KeyValues keyValues -> Text.of(keyValues.labels().get(key(index)));
            case Dictionary dictionary -> dictionary.entries().getOrDefault(key(index), Nil.NIL);
            case Nil nil -> throw new FunctionException("index of nil pointer");
            default -> throw new FunctionException("can't index item of type " + item.type());
        };
    }

    private static String key(Value index) throws FunctionException {
        return switch (index) {
            case Text(String key, var kind) -> key;
            case Nil nil -> throw new FunctionException("value is nil; should be of type string");
            default -> throw new FunctionException("value has type " + index.type() + "; should be string");
        };
    }

    /** An index up to the length, which Go checks later and with other words than what is beyond it. */
    private static long position(Value index, int length) throws FunctionException {
        if (index instanceof Nil) {
            throw new FunctionException("cannot index slice/array with nil");
        }
        if (!(index instanceof Whole whole)) {
            throw new FunctionException("cannot index slice/array with type " + index.type());
        }
        if (whole.value() < 0 || whole.value() > length) {
            throw new FunctionException("index out of range: " + whole.value());
        }
        return whole.value();
    }

    private static Value slice(Environment environment, Value[] values) throws FunctionException {
        Value item = values[0];
        if (item instanceof Nil) {
            throw new FunctionException("slice of untyped nil");
        }
        if (values.length > 4) {
            throw new FunctionException("too many slice indexes: " + (values.length - 1));
        }
        byte[] bytes = {};
        int length;
        switch (item) {
            case Text(String text, var kind) -> {
                if (values.length == 4) {
                    throw new FunctionException("cannot 3-index slice a string");
                }
                environment.budget().work(text.length());
                bytes = Bytes.encode(text);
                length = bytes.length;
            }
            case Items items -> length = items.list().size();
            default -> throw new FunctionException("can't slice item of type " + item.type());
        }
        int from = values.length > 1 ? (int) position(values[1], length) : 0;
        int to = values.length > 2 ? (int) position(values[2], length) : length;
        if (from > to) {
            throw new FunctionException("invalid slice index: " + from + " > " + to);
        }
        if (values.length > 3 && to > position(values[3], length)) {
            throw new FunctionException("invalid slice index: " + to + " > " + ((Whole) values[3]).value());
        }
        return item instanceof Items items
                ? new Items(items.list().subList(from, to), items.kind())
                : Text.of(Bytes.decode(bytes, from, to - from));
    }
}
