package dev.tocsin.core.silence;

import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What mutes asks of silences. Any thread may ask. */
public interface ActiveSilences {
    /** The silence with this id, or null. Ids are compared as they are. */
    @Nullable Silence find(String id);

    /** Ids of the silences active at {@code now} that match {@code labels}; usually empty. */
    List<String> silencedBy(LabelSet labels, Instant now);
}
