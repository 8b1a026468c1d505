package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.value.AlertFields;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Pair;
import dev.tocsin.core.template.value.Place;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of values (notifiers contract section 4.6). Stateless. */
final class Members {
    private static final Routine STRING =
            Routine.of((environment, values) -> Text.of(GoFormat.value(environment.budget(), values[0])));
    private static final Map<String, Routine> KEY_VALUES = Map.of(
            "SortedPairs",
                    Routine.of(
                            (environment, values) -> labels(environment, values).sortedPairs()),
            "Names",
                    Routine.of(
                            (environment, values) -> labels(environment, values).names()),
            "Values",
                    Routine.of(
                            (environment, values) -> labels(environment, values).values()),
            "Remove",
                    Routine.of(
                            (environment, values) -> {
                                Items names = (Items) values[1];
                                KeyValues from = labels(environment, values);
                                long comparisons = (long) names.list().size()
                                        * from.labels().size();
                                environment.budget().work(from.labels().size(), comparisons);
                                return from.without(names);
                            },
                            Parameter.STRINGS),
            "String", STRING);
    private static final Map<String, Routine> ALERTS = Map.of(
            "Firing", Routine.of((environment, values) -> withStatus(environment, values[0], "firing")),
            "Resolved", Routine.of((environment, values) -> withStatus(environment, values[0], "resolved")));
    private static final Map<String, Routine> PAIRS = Map.of(
            "Names", Routine.of((environment, values) -> column(environment, values[0], true)),
            "Values", Routine.of((environment, values) -> column(environment, values[0], false)),
            "String", STRING);
    private static final Map<String, Routine> STRINGS = Map.of(
            "Join",
            Routine.of(
                    (environment, values) ->
                            TextFunctions.join(environment, TextFunctions.text(values[1]), (Items) values[0]),
                    Parameter.STRING));
    private static final Map<String, Routine> MONTH_OR_WEEKDAY = Map.of("String", STRING);
    private static final Map<String, Routine> DURATION = DurationMethods.all(STRING);
    private static final Map<String, Routine> TIME = TimeMethods.all(STRING);

    private Members() {}

    /** The method of {@code receiver} called {@code name}; null if it has none. */
    static @Nullable Routine method(Value receiver, String name) {
        return switch (receiver) {
            case KeyValues labels -> KEY_VALUES.get(name);
            case Items items ->
                switch (items.kind()) {
                    case ALERTS -> ALERTS.get(name);
                    case PAIRS -> PAIRS.get(name);
                    case NAMED_STRINGS -> STRINGS.get(name);
                    case STRINGS, ANY, ALERT_SLICE -> null;
                };
            case Moment moment -> TIME.get(name);
            case Whole whole ->
                switch (whole.kind()) {
                    case DURATION -> DURATION.get(name);
                    case MONTH, WEEKDAY -> MONTH_OR_WEEKDAY.get(name);
                    case INT, INT64, UINT8 -> null;
                };
            case Place place -> MONTH_OR_WEEKDAY.get(name);
            default -> null;
        };
    }

    private static KeyValues labels(Environment environment, Value[] values) {
        KeyValues labels = (KeyValues) values[0];
        environment.budget().work(labels.labels().size(), 16L * labels.labels().size());
        return labels;
    }

    private static Value withStatus(Environment environment, Value alerts, String status) {
        List<Value> all = ((Items) alerts).list();
        environment.budget().work(all.size(), 16L * all.size());
        List<Value> kept = new ArrayList<>(all.size());
        for (Value alert : all) {
            if (alert instanceof AlertFields fields && fields.status().value().equals(status)) {
                kept.add(alert);
            }
        }
        return new Items(kept, ItemsType.ALERT_SLICE);
    }

    private static Value column(Environment environment, Value pairs, boolean names) {
        List<Value> all = ((Items) pairs).list();
        environment.budget().work(all.size(), 16L * all.size());
        List<Value> column = new ArrayList<>(all.size());
        for (Value pair : all) {
            if (pair instanceof Pair(String name, String text)) {
                column.add(Text.of(names ? name : text));
            }
        }
        return new Items(column, ItemsType.NAMED_STRINGS);
    }
}
