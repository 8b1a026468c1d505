package dev.tocsin.core.template.exec;

import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.ItemsType;
import dev.tocsin.core.template.value.Moment;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Place;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.TextType;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import dev.tocsin.core.template.value.WholeType;
import java.util.List;

/** The Go types of what functions take. */
enum Parameter {
    /** Anything. */
    ANY("interface {}"),
    /** Anything, seen by the function as it is, with nil as nothing at all. */
    REFLECTED("reflect.Value"),
    STRING("string"),
    INT("int"),
    DURATION("time.Duration"),
    STRINGS("[]string"),
    LIST("[]interface {}"),
    TIME("time.Time"),
    LOCATION("*time.Location");

    private final String go;

    Parameter(String go) {
        this.go = go;
    }

    /** Its name in Go. */
    String go() {
        return go;
    }

    /** Whether {@code nil} can be given. */
    boolean takesNil() {
        return this == ANY || this == REFLECTED || this == STRINGS || this == LIST || this == LOCATION;
    }

    /** What {@code nil} becomes. */
    Value ofNil() {
        return switch (this) {
            case STRINGS -> new Items(List.of(), ItemsType.STRINGS, true);
            case LIST -> new Items(List.of(), ItemsType.ANY, true);
            default -> Nil.NIL;
        };
    }

    /** Whether a value that is there can be given. */
    boolean accepts(Value value) {
        return switch (this) {
            case ANY, REFLECTED -> true;
            case STRING -> value instanceof Text text && text.kind() == TextType.STRING;
            case INT -> value instanceof Whole whole && whole.kind() == WholeType.INT;
            case DURATION -> value instanceof Whole whole && whole.kind() == WholeType.DURATION;
            case STRINGS ->
                value instanceof Items items
                        && (items.kind() == ItemsType.STRINGS || items.kind() == ItemsType.NAMED_STRINGS);
            case LIST -> value instanceof Items items && items.kind() == ItemsType.ANY;
            case TIME -> value instanceof Moment;
            case LOCATION -> value instanceof Place;
        };
    }

    /** Whether it is a number, so that literals take its type. */
    boolean isNumber() {
        return this == INT || this == DURATION;
    }

    /** The number {@code whole} in this type. */
    Value number(long whole) {
        return this == DURATION ? Whole.duration(whole) : Whole.of(whole);
    }
}
