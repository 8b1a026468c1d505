package dev.tocsin.core.template.print;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.template.value.AlertFields;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.Bytes;
import dev.tocsin.core.template.value.DataFields;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Imaginary;
import dev.tocsin.core.template.value.Items;
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
import dev.tocsin.core.time.Rfc3339;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values as Go's JSON encoder writes them. For one value, on one thread. */
public final class ValueJson {
    private static final String HEX = "0123456789abcdef";
    private static final List<String> ALERT =
            List.of("status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint");
    private static final List<String> DATA = List.of(
            "receiver",
            "status",
            "alerts",
            "notification_reason",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "routeLabels",
            "externalURL");

    private final Output out;

    private ValueJson(Budget budget) {
        this.out = new Output(budget);
    }

    /**
     * The JSON of {@code value} on one line, without a line feed.
     *
     * @throws FunctionException if it contains a number that JSON has not
     */
    public static String write(Budget budget, Value value) throws FunctionException {
        ValueJson json = new ValueJson(budget);
        json.value(value);
        return json.out.toString();
    }

    private void value(Value value) throws FunctionException {
        switch (value) {
            case Nil nil -> out.append("null");
            case Bool bool -> out.append(bool == Bool.TRUE ? "true" : "false");
            case Whole whole -> out.append(Long.toString(whole.value()));
            case Real(double real) -> out.append(number(real));
            case Imaginary imaginary -> throw new FunctionException("json: unsupported type: complex128");
            case Text(String text, var kind) -> quote(text);
            case Items items -> items(items);
            case KeyValues(LabelSet labels, boolean nil) -> labels(labels, nil);
            case Dictionary(Map<String, Value> entries) -> entries(entries);
            case Pair pair -> structure(pair, pair.names());
            case AlertFields alert -> structure(alert, ALERT);
            case DataFields data -> structure(data, DATA);
            case Moment moment ->
                quote(Rfc3339.nanos(moment.time().toInstant(), moment.time().getOffset()));
            case Place place -> out.append("{}");
        }
    }

    private void items(Items items) throws FunctionException {
        if (items.nil()) {
            out.append("null");
            return;
        }
        char separator = '[';
        for (Value item : items.list()) {
            out.append(separator);
            value(item);
            separator = ',';
        }
        out.append(items.list().isEmpty() ? "[]" : "]");
    }

    private void labels(LabelSet labels, boolean nil) {
        if (nil) {
            out.append("null");
            return;
        }
        out.append('{');
        for (int i = 0; i < labels.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(labels.name(i));
            out.append(':');
            quote(labels.value(i));
        }
        out.append('}');
    }

    private void entries(Map<String, Value> entries) throws FunctionException {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            out.append(separator);
            quote(entry.getKey());
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void structure(Structure structure, List<String> keys) throws FunctionException {
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(keys.get(i));
            out.append(':');
            Value field = structure.field(structure.names().get(i));
            value(field == null ? Nil.NIL : field);
        }
        out.append('}');
    }

    private static String number(double value) throws FunctionException {
        if (!Double.isFinite(value)) {
            throw new FunctionException(
                    "json: unsupported value: " + (Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf"));
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-6 && size < 1e21)) {
            return size == 0
                    ? Reals.format(value, 'f', 0)
                    : new BigDecimal(Double.toString(value))
                            .stripTrailingZeros()
                            .toPlainString();
        }
        return Reals.format(value, 'e', Reals.SHORTEST).replace("e-0", "e-");
    }

    private void quote(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String escape = escape(text, i);
            if (!escape.isEmpty()) {
                out.append(text.substring(from, i)).append(escape);
                from = i + 1;
            }
        }
        out.append(text.substring(from)).append('"');
    }

    /** What stands for the character; empty if it stands for itself. */
    private static String escape(String text, int index) {
        char c = text.charAt(index);
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
            default -> c < ' ' ? unicode(c) : Character.isLowSurrogate(c) && Bytes.isByte(text, index) ? "\\ufffd" : "";
        };
    }

    private static String unicode(char c) {
        StringBuilder out = new StringBuilder("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt((c >> shift) & 0xf));
        }
        return out.toString();
    }
}
