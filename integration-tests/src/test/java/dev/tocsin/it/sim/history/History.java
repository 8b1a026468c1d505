package dev.tocsin.it.sim.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything that could be observed in a simulation, in order. One thread. */
public final class History {
    private final List<Happening> all = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    /** Nothing has happened yet. */
    public History() {}

    /** Something happens. */
    public void add(Happening happening) {
        all.add(happening);
        if (happening instanceof Happening.Sent sent) {
            requests.add(sent.request());
        }
    }

    /** All that happened, in order. */
    public List<Happening> all() {
        return all;
    }

    /** What happened of one kind, in order. */
    public <T extends Happening> Stream<T> all(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** All requests in the order in which they were sent. */
    public List<Request> requests() {
        return requests;
    }

    /** One line for each happening. */
    public List<String> lines() {
        return all.stream().map(History::line).toList();
    }

    /** The lines between two times, both in nanoseconds. */
    public List<String> lines(long from, long to) {
        return all.stream()
                .filter(one -> one.at() >= from && one.at() <= to)
                .map(History::line)
                .toList();
    }

    private static String line(Happening one) {
        return seconds(one.at()) + " " + one.text();
    }

    /** For people: {@code   12.345678}. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%11.6f", nanos / 1e9);
    }
}
