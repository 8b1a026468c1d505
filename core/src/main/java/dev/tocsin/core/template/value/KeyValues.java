package dev.tocsin.core.template.value;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels or annotations.
 *
 * @param nil whether it is no map at all, which only JSON shows
 */
public record KeyValues(LabelSet labels, boolean nil) implements Value {
    /** A map that exists. */
    public KeyValues(LabelSet labels) {
        this(labels, false);
    }

    @Override
    public String type() {
        return "template.KV";
    }

    @Override
    public boolean truth() {
        return !labels.isEmpty();
    }

    /** The index in {@link #labels} of the pair that is shown at {@code place}: the name of the alert comes first. */
    public int shown(int place, int alertName) {
        return alertName < 0 || place > alertName ? place : place == 0 ? alertName : place - 1;
    }

    /** The index of the alert's name; -1 if there is none. */
    public int alertName() {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.name(i).equals(Alert.ALERT_NAME)) {
                return i;
            }
        }
        return -1;
    }

    /** The pairs, the name of the alert first, then by name. */
    public Items sortedPairs() {
        int alertName = alertName();
        List<Value> pairs = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            int index = shown(i, alertName);
            pairs.add(new Pair(labels.name(index), labels.value(index)));
        }
        return new Items(pairs, ItemsType.PAIRS);
    }

    /** The names in the order of {@link #sortedPairs}. */
    public Items names() {
        int alertName = alertName();
        List<Value> names = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            names.add(Text.of(labels.name(shown(i, alertName))));
        }
        return new Items(names, ItemsType.NAMED_STRINGS);
    }

    /** The values in the order of {@link #sortedPairs}. */
    public Items values() {
        int alertName = alertName();
        List<Value> values = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            values.add(Text.of(labels.value(shown(i, alertName))));
        }
        return new Items(values, ItemsType.NAMED_STRINGS);
    }

    /** What is left without the labels called as the texts of {@code names}. */
    public KeyValues without(Items names) {
        List<String> kept = new ArrayList<>(labels.size() * 2);
        for (int i = 0; i < labels.size(); i++) {
            if (!contains(names, labels.name(i))) {
                kept.add(labels.name(i));
                kept.add(labels.value(i));
            }
        }
        return new KeyValues(LabelSet.ofPairs(kept.toArray(new String[0])));
    }

    private static boolean contains(Items names, String name) {
        for (int i = 0; i < names.list().size(); i++) {
            if (names.text(i).equals(name)) {
                return true;
            }
        }
        return false;
    }
}
