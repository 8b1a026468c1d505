package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.Utf8Order;
import dev.tocsin.core.template.time.GoLayout;
import dev.tocsin.core.template.time.GoTimeParser;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.TextType;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Alertmanager's functions on times, durations and collections (notifiers contract section 4.7). Stateless. */
final class OtherFunctions {
    private OtherFunctions() {}

    static Map<String, Routine> all() {
        Map<String, Routine> all = new HashMap<>();
        all.put("now", Routine.of((environment, values) -> now(environment)));
        all.put(
                "since",
                Routine.of(
                        (environment, values) -> Whole.duration(difference(now(environment), (Moment) values[0])),
                        Parameter.TIME));
        all.put("date", Routine.of(OtherFunctions::date, Parameter.STRING, Parameter.TIME));
        all.put("tz", Routine.of(OtherFunctions::zone, Parameter.STRING, Parameter.TIME));
        all.put(
                "toDate",
                Routine.of((environment, values) -> toDate(values, true), Parameter.STRING, Parameter.STRING));
        all.put(
                "mustToDate",
                Routine.of((environment, values) -> toDate(values, false), Parameter.STRING, Parameter.STRING));
        all.put("humanizeDuration", Routine.of((environment, values) -> HumanDuration.of(values[0]), Parameter.ANY));
        all.put(
                "stringSlice",
                Routine.variadic(
                        (environment, values) -> items(environment, ItemsType.STRINGS, values), Parameter.STRING));
        all.put(
                "list",
                Routine.variadic((environment, values) -> items(environment, ItemsType.ANY, values), Parameter.ANY));
        all.put("append", Routine.variadic(OtherFunctions::append, Parameter.LIST, Parameter.ANY));
        all.put("dict", Routine.variadic(OtherFunctions::dictionary, Parameter.ANY));
        return all;
    }

    private static Moment now(Environment environment) {
        return Moment.of(environment.clock().now(), environment.local());
    }

    /** Nanoseconds from {@code earlier} to {@code later}, within what a duration can hold. */
    static long difference(Moment later, Moment earlier) {
        Duration difference = Duration.between(earlier.time(), later.time());
        try {
            return difference.toNanos();
        } catch (ArithmeticException e) {
            return difference.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Value date(Environment environment, Value[] values) {
        String layout = TextFunctions.text(values[0]);
        environment.budget().work(layout.length());
        return Text.of(GoLayout.format(((Moment) values[1]).time(), layout));
    }

    private static Value zone(Environment environment, Value[] values) throws FunctionException {
        String name = TextFunctions.text(values[0]);
        ZoneId zone = switch (name) {
            case "", "UTC" -> ZoneOffset.UTC;
            case "Local" -> environment.local();
            default -> named(name);
        };
        return new Moment(((Moment) values[1]).time().withZoneSameInstant(zone));
    }

    private static ZoneId named(String name) throws FunctionException {
        try {
            // Offsets are zones in Java, but no names.
            if (Character.isLetter(name.codePointAt(0)) && !name.matches("(UTC|GMT|UT)[+-].*")) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new FunctionException("unknown time zone " + name);
    }

    private static Value toDate(Value[] values, boolean lenient) throws FunctionException {
        try {
            return new Moment(GoTimeParser.parse(TextFunctions.text(values[0]), TextFunctions.text(values[1])));
        } catch (FunctionException e) {
            if (lenient) {
                return Moment.ZERO;
            }
            throw e;
        }
    }

    private static Value items(Environment environment, ItemsType type, Value[] values) {
        environment.budget().work(values.length, 16L * values.length);
        return new Items(List.of(values), type);
    }

    private static Value append(Environment environment, Value[] values) {
        List<Value> before = ((Items) values[0]).list();
        environment.budget().work(before.size() + (long) values.length, 16L * before.size());
        List<Value> after = new ArrayList<>(before.size() + values.length);
        after.addAll(before);
        after.addAll(Arrays.asList(values).subList(1, values.length));
        return new Items(Collections.unmodifiableList(after), ItemsType.ANY);
    }

    private static Value dictionary(Environment environment, Value[] values) throws FunctionException {
        if (values.length % 2 != 0) {
            throw new FunctionException("dict requires an even number of arguments");
        }
        environment.budget().work(values.length, 64L * values.length);
        SortedMap<String, Value> entries = new TreeMap<>(Utf8Order::compare);
        for (int i = 0; i < values.length; i += 2) {
            if (!(values[i] instanceof Text(String key, TextType kind)) || kind != TextType.STRING) {
                throw new FunctionException("dict keys must be strings");
            }
            entries.put(key, values[i + 1]);
        }
        return new Dictionary(Collections.unmodifiableSortedMap(entries));
    }
}
