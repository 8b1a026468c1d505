package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The functions that templates can call, by name. Immutable; safe for all threads. */
public final class Functions {
    private final Map<String, Routine> all;

    private Functions(Map<String, Routine> all) {
        this.all = Map.copyOf(all);
    }

    /** What every Go template has. */
    public static Functions builtIn() {
        return new Functions(Builtins.all());
    }

    /** With Alertmanager's. */
    public static Functions alertmanager() {
        Map<String, Routine> all = new HashMap<>(Builtins.all());
        all.putAll(TextFunctions.all());
        all.putAll(OtherFunctions.all());
        return new Functions(all);
    }

    /** Makes texts out of values for the HTML engine. */
    @FunctionalInterface
    public interface Escaper {
        /**
         * The text that is printed.
         *
         * @param values what the pipeline came to; usually one
         */
        String escape(Budget budget, List<Value> values);
    }

    /** With {@code escapers}, which no template can name. */
    public Functions with(Map<String, Escaper> escapers) {
        Map<String, Routine> more = new HashMap<>(all);
        escapers.forEach((name, escaper) -> more.put(
                name,
                Routine.variadic(
                        (environment, values) -> Text.of(escaper.escape(environment.budget(), Arrays.asList(values))),
                        Parameter.ANY)));
        return new Functions(more);
    }

    /** Their names. */
    public Set<String> names() {
        return all.keySet();
    }

    Map<String, Routine> all() {
        return all;
    }
}
