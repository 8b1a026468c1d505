package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.time.PrometheusDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How explanations name things. */
final class Wording {
    private static final int MAX_LABELS = 200;

    private Wording() {}

    /** A time, in UTC and to the second, as people compare it with a clock on the wall. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String duration(Duration duration) {
        return PrometheusDuration.print(duration);
    }

    /** An alert by its name and labels, or by its fingerprint. */
    static String alert(@Nullable LabelSet labels, long fingerprint) {
        if (labels == null) {
            return "Alert " + LabelSet.fingerprintText(fingerprint);
        }
        String name = labels.get(Alert.ALERT_NAME);
        return "Alert " + (name.isEmpty() ? "" : name + " ") + labels(labels);
    }

    static String labels(LabelSet labels) {
        String text = labels.toString();
        return text.length() <= MAX_LABELS ? text : text.substring(0, MAX_LABELS) + "…}";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
