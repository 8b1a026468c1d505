package dev.tocsin.core.template.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value with fields. */
public sealed interface Structure extends Value permits AlertFields, Pair, DataFields {
    /** Its fields in the order in which they are printed. */
    List<String> names();

    /** The field called {@code name}; null if it has none. */
    @Nullable Value field(String name);

    @Override
    default boolean truth() {
        return true;
    }
}
