package dev.tocsin.core.whatif;

import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.silence.ActiveSilences;
import dev.tocsin.core.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The silences as they would be with one more, or with one less. */
public final class TriedSilences implements ActiveSilences {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String NEW = "the new silence";

    private final ActiveSilences silences;
    private final @Nullable Silence added;
    private final String ended;

    private TriedSilences(ActiveSilences silences, @Nullable Silence added, String ended) {
        this.silences = silences;
        this.added = added;
        this.ended = ended;
    }

    /** With one more, that begins at {@code now}. */
    public static TriedSilences with(ActiveSilences silences, Candidate.NewSilence candidate, Instant now) {
        Instant end = now.plus(LONG);
        Silence added = new Silence(NEW, candidate.matcherSets(), now, end, now, "", "", Map.of(), end);
        return new TriedSilences(silences, added, "");
    }

    /** Without the one with this id. */
    public static TriedSilences without(ActiveSilences silences, String id) {
        return new TriedSilences(silences, null, id);
    }

    @Override
    public @Nullable Silence find(String id) {
        return id.equals(NEW) ? added : silences.find(id);
    }

    @Override
    public List<String> silencedBy(LabelSet labels, Instant now) {
        List<String> ids = silences.silencedBy(labels, now);
        boolean more = added != null && added.matches(labels);
        if (!more && !ids.contains(ended)) {
            return ids;
        }
        List<String> tried = new ArrayList<>(ids);
        tried.remove(ended);
        if (more) {
            tried.add(NEW);
        }
        return tried;
    }
}
