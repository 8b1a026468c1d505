package dev.tocsin.core.template.value;

import java.util.List;

/**
 * A list.
 *
 * @param list unmodifiable
 * @param nil whether it is no list at all, which only JSON shows
 */
public record Items(List<Value> list, ItemsType kind, boolean nil) implements Value {
    /** A list that exists; takes {@code list}, which must not change any more. */
    public Items(List<Value> list, ItemsType kind) {
        this(list, kind, false);
    }

    @Override
    public String type() {
        return kind.go();
    }

    @Override
    public boolean truth() {
        return !list.isEmpty();
    }

    /** The texts of a list of strings; only for those. */
    public String text(int index) {
        return ((Text) list.get(index)).value();
    }
}
