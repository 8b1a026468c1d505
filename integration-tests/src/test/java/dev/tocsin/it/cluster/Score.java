package dev.tocsin.it.cluster;

import dev.tocsin.it.support.Sink.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of transitions that each should have been notified once.
 *
 * @param wanted transitions
 * @param missing those that nobody heard of
 * @param duplicates notifications beyond the first of each transition, marked ones included
 * @param marked duplicates of which at least one copy says that it may be a repeat
 * @param sameKey duplicates whose copies carry one idempotency key
 * @param disordered groups whose last notification is not the latest state
 * @param requests notifications in all
 */
public record Score(int wanted, int missing, int duplicates, int marked, int sameKey, int disordered, int requests) {
    /** Counts, for instances {@code prefix + 0 … count - 1}, one notification of each of {@code states}. */
    public static Score of(List<Received> received, String prefix, int count, String... states) {
        Map<String, List<Received>> told = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        for (Received one : received) {
            String instance = one.body().path("groupLabels").path("instance").asText();
            told.computeIfAbsent(instance + "/" + one.status(), k -> new ArrayList<>())
                    .add(one);
            last.put(instance, one.status());
        }
        int missing = 0;
        int duplicates = 0;
        int marked = 0;
        int sameKey = 0;
        int disordered = 0;
        for (int i = 0; i < count; i++) {
            String instance = prefix + i;
            for (String state : states) {
                List<Received> copies = told.getOrDefault(instance + "/" + state, List.of());
                if (copies.isEmpty()) {
                    missing++;
                    continue;
                }
                int extra = copies.size() - 1;
                duplicates += extra;
                if (extra > 0 && copies.stream().anyMatch(Received::marked)) {
                    marked += extra;
                }
                if (extra > 0 && copies.stream().map(Received::key).distinct().count() == 1) {
                    sameKey += extra;
                }
            }
            if (!states[states.length - 1].equals(last.get(instance))) {
                disordered++;
            }
        }
        return new Score(count * states.length, missing, duplicates, marked, sameKey, disordered, received.size());
    }

    /** Duplicates that nothing warned of. */
    public int unmarked() {
        return duplicates - marked;
    }

    /** One line for people. */
    public String line(String what) {
        return "%-60s transitions %5d  missing %3d  duplicates %3d (marked %d, same key %d)  wrong last %d%n"
                .formatted(what, wanted, missing, duplicates, marked, sameKey, disordered);
    }
}
