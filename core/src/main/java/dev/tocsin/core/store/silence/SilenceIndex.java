package dev.tocsin.core.store.silence;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the few silences that can match a label set. A silence whose every matcher set asks for a plain value of some
 * label stands under the rarest such value; the others are always candidates. Written on the hub loop only; any thread
 * may read.
 */
final class SilenceIndex {
    private record Place(String name, String value) {}

    private static final Silence[] NONE = {};

    private final Map<String, Map<String, Silence[]>> byLabel = new ConcurrentHashMap<>();
    private final Map<String, Silence> always = new ConcurrentHashMap<>();
    /** Where each silence stands, by id; an empty list is {@link #always}. */
    private final Map<String, List<Place>> places = new HashMap<>();

    private volatile int size;

    /** Adds a silence, or puts it in the place of the one with its id; readers see one of the two at any time. */
    void put(Silence silence) {
        List<Place> chosen = choose(silence);
        if (chosen.isEmpty()) {
            always.put(silence.id(), silence);
        }
        for (Place place : chosen) {
            byLabel.computeIfAbsent(place.name, name -> new ConcurrentHashMap<>())
                    .merge(
                            place.value,
                            new Silence[] {silence},
                            (old, added) -> concat(without(old, silence.id()), added));
        }
        List<Place> before = places.put(silence.id(), chosen);
        if (before != null) {
            leave(silence.id(), before, chosen);
        }
        size = places.size();
    }

    /** Removes the silence with this id, if it is there. */
    void remove(String id) {
        List<Place> before = places.remove(id);
        if (before != null) {
            leave(id, before, null);
        }
        size = places.size();
    }

    /** Takes a silence away from where it stood, but for where it stands now, if it still does. */
    private void leave(String id, List<Place> before, @Nullable List<Place> now) {
        if (before.isEmpty() && (now == null || !now.isEmpty())) {
            always.remove(id);
        }
        for (Place place : before) {
            Map<String, Silence[]> values = byLabel.get(place.name);
            if (values == null || (now != null && now.contains(place))) {
                continue;
            }
            values.computeIfPresent(place.value, (value, silences) -> {
                Silence[] rest = without(silences, id);
                return rest.length == 0 ? null : rest;
            });
            if (values.isEmpty()) {
                byLabel.remove(place.name);
            }
        }
    }

    private static Silence[] concat(Silence[] some, Silence[] more) {
        Silence[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static Silence[] without(Silence[] silences, String id) {
        for (int i = 0; i < silences.length; i++) {
            if (silences[i].id().equals(id)) {
                Silence[] rest = Arrays.copyOf(silences, silences.length - 1);
                System.arraycopy(silences, i + 1, rest, i, rest.length - i);
                return rest;
            }
        }
        return silences;
    }

    /** The places that together every matching label set passes; empty if there are none. */
    private List<Place> choose(Silence silence) {
        List<Place> chosen = new ArrayList<>();
        for (List<Matcher> set : silence.matcherSets()) {
            Matcher rarest = rarest(set);
            if (rarest == null) {
                return List.of();
            }
            for (String value : rarest.literals()) {
                Place place = new Place(rarest.name(), value);
                if (!chosen.contains(place)) {
                    chosen.add(place);
                }
            }
        }
        return chosen;
    }

    private @Nullable Matcher rarest(List<Matcher> set) {
        Matcher rarest = null;
        long fewest = Long.MAX_VALUE;
        for (Matcher matcher : set) {
            List<String> values = matcher.literals();
            // A missing label counts as the empty string, and what is missing cannot be looked up.
            if (values.isEmpty() || values.contains("")) {
                continue;
            }
            Map<String, Silence[]> known = byLabel.getOrDefault(matcher.name(), Map.of());
            long total = 0;
            for (String value : values) {
                total += 1 + known.getOrDefault(value, NONE).length;
            }
            if (total < fewest) {
                fewest = total;
                rarest = matcher;
            }
        }
        return rarest;
    }

    /**
     * Calls {@code action} with every silence that may match {@code labels}; with one that has several matcher sets
     * perhaps more than once.
     *
     * @return how many calls there were
     */
    int candidates(LabelSet labels, Consumer<Silence> action) {
        int count = 0;
        for (int i = 0; i < labels.size(); i++) {
            Map<String, Silence[]> values = byLabel.get(labels.name(i));
            Silence[] silences = values == null ? null : values.get(labels.value(i));
            if (silences != null) {
                for (Silence silence : silences) {
                    action.accept(silence);
                }
                count += silences.length;
            }
        }
        if (!always.isEmpty()) {
            for (Silence silence : always.values()) {
                action.accept(silence);
                count++;
            }
        }
        return count;
    }

    /** How many silences it holds. Any thread. */
    int size() {
        return size;
    }
}
