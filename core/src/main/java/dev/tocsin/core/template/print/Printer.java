package dev.tocsin.core.template.print;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.template.time.GoLayout;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.DataFields;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.Imaginary;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Pair;
import dev.tocsin.core.template.value.Place;
import dev.tocsin.core.template.value.Real;
import dev.tocsin.core.template.value.Structure;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints values with a verb and flags. For one formatting, on one thread. */
final class Printer {
    private final Output out;
    private final Flags flags;
    private final Scalars scalars;
    /** While a value is shown whose verb it does not know: then it does not speak for itself. */
    private boolean refused;

    Printer(Output out, Flags flags) {
        this.out = out;
        this.flags = flags;
        this.scalars = new Scalars(out, flags);
    }

    /** {@code value} as {@code %v}. */
    static void plain(Output out, Value value) {
        switch (value) {
            case Text(String text, var kind) -> out.append(text);
            case Whole whole when whole.text() == null -> out.append(Long.toString(whole.value()));
            default -> new Printer(out, new Flags()).print(value, 'v', 0);
        }
    }

    /** {@code value} as {@code %v}. */
    static String plain(Budget budget, Value value) {
        Output out = new Output(budget);
        plain(out, value);
        return out.toString();
    }

    /** Prints {@code value}, which stands {@code depth} levels within another. */
    void print(Value value, char verb, int depth) {
        if (value instanceof Nil) {
            nil(verb, depth);
            return;
        }
        if (verb == 'T') {
            scalars.text(value.type(), 's');
            return;
        }
        String text = flags.sharpV || refused || "vsxXq".indexOf(verb) < 0 ? null : described(value);
        if (text != null) {
            scalars.text(text, verb);
            return;
        }
        boolean known = switch (value) {
            case Bool bool -> scalars.bool(bool == Bool.TRUE, verb);
            case Whole whole -> scalars.whole(whole, verb);
            case Real(double real) -> scalars.real(real, verb);
            case Imaginary(double part) -> scalars.imaginary(part, verb);
            case Text(String content, var kind) -> scalars.text(content, verb);
            case Items items -> items(items, verb, depth);
            case KeyValues(LabelSet labels, boolean nil) -> labels(labels, verb, depth);
            case Dictionary(Map<String, Value> entries) -> entries(entries, verb, depth);
            case Structure structure -> structure(structure, verb, depth);
            case Moment moment -> scalars.text(GoLayout.format(moment.time(), GoLayout.DEFAULT), verb);
            case Place place -> scalars.text(place.name(), verb);
            case Nil nil -> true;
        };
        if (!known) {
            bad(verb, value);
        }
    }

    private void nil(char verb, int depth) {
        if (depth > 0) {
            out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
        } else if (verb == 'v' || verb == 'T') {
            flags.pad(out, "<nil>");
        } else {
            bad(verb, Nil.NIL);
        }
    }

    /** What values say of themselves; null for those that do not. */
    private static @Nullable String described(Value value) {
        return switch (value) {
            case Whole whole -> whole.text();
            case KeyValues keyValues -> pairs(keyValues);
            case Items items when items.kind() == ItemsType.PAIRS -> pairs(items);
            case Moment moment -> GoLayout.format(moment.time(), GoLayout.DEFAULT);
            case Place place -> place.name();
            default -> null;
        };
    }

    private static String pairs(KeyValues keyValues) {
        LabelSet labels = keyValues.labels();
        int alertName = keyValues.alertName();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            int index = keyValues.shown(i, alertName);
            text.append(i == 0 ? "" : ", ")
                    .append(labels.name(index))
                    .append('=')
                    .append(labels.value(index));
        }
        return text.toString();
    }

    private static String pairs(Items pairs) {
        StringBuilder text = new StringBuilder();
        for (Value pair : pairs.list()) {
            if (pair instanceof Pair(String name, String value)) {
                text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(value);
            }
        }
        return text.toString();
    }

    private boolean items(Items items, char verb, int depth) {
        if (flags.sharpV && items.nil()) {
            out.append(items.type()).append("(nil)");
            return true;
        }
        out.append(flags.sharpV ? items.type() + "{" : "[");
        String separator = "";
        for (Value item : items.list()) {
            out.append(separator);
            print(item, verb, depth + 1);
            separator = flags.sharpV ? ", " : " ";
        }
        out.append(flags.sharpV ? '}' : ']');
        return true;
    }

    private boolean labels(LabelSet labels, char verb, int depth) {
        out.append(flags.sharpV ? "template.KV{" : "map[");
        for (int i = 0; i < labels.size(); i++) {
            entry(i, Text.of(labels.name(i)), Text.of(labels.value(i)), verb, depth);
        }
        out.append(flags.sharpV ? '}' : ']');
        return true;
    }

    private boolean entries(Map<String, Value> entries, char verb, int depth) {
        out.append(flags.sharpV ? "map[string]interface {}{" : "map[");
        int index = 0;
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            entry(index++, Text.of(entry.getKey()), entry.getValue(), verb, depth);
        }
        out.append(flags.sharpV ? '}' : ']');
        return true;
    }

    private void entry(int index, Value key, Value value, char verb, int depth) {
        if (index > 0) {
            out.append(flags.sharpV ? ", " : " ");
        }
        print(key, verb, depth + 1);
        out.append(':');
        print(value, verb, depth + 1);
    }

    private boolean structure(Structure structure, char verb, int depth) {
        if (structure instanceof DataFields data && data.pointer() && depth == 0) {
            out.append('&');
        }
        if (flags.sharpV) {
            String type = structure.type();
            out.append(type.startsWith("*") ? type.substring(1) : type);
        }
        out.append('{');
        String separator = "";
        for (String name : structure.names()) {
            out.append(separator);
            if (flags.plusV || flags.sharpV) {
                out.append(name).append(':');
            }
            Value field = structure.field(name);
            print(field == null ? Nil.NIL : field, verb, depth + 1);
            separator = flags.sharpV ? ", " : " ";
        }
        out.append('}');
        return true;
    }

    /** A verb that the value does not know is shown with it. */
    private void bad(char verb, Value value) {
        out.append("%!").append(verb).append('(');
        if (value instanceof Nil) {
            out.append("<nil>");
        } else {
            out.append(value.type()).append('=');
            // The width and precision stay in force, as in %.2f of "12.345": %!f(string=12).
            refused = true;
            print(value, 'v', 0);
            refused = false;
        }
        out.append(')');
    }
}
