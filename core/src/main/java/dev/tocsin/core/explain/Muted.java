package dev.tocsin.core.explain;

import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.label.LabelSet;
import org.jspecify.annotations.Nullable;

/** What a journal says that muted an alert. */
record Muted(Cause cause, String text) {
    /** What {@code event} says about an alert; null if it says nothing of that kind. */
    static @Nullable Muted of(JournalEvent event, long fingerprint) {
        return switch (event) {
            case GroupEvent.Silenced silenced -> {
                for (GroupEvent.Silenced.Silencing one : silenced.causes()) {
                    if (one.fingerprint() == fingerprint) {
                        yield new Muted(Cause.SILENCED, "silenced by " + Wording.list(one.silences()));
                    }
                }
                yield null;
            }
            case GroupEvent.Inhibited inhibited -> {
                for (GroupEvent.Inhibited.Inhibition one : inhibited.causes()) {
                    if (one.fingerprint() == fingerprint) {
                        yield new Muted(
                                Cause.INHIBITED,
                                "inhibited by alert "
                                        + LabelSet.fingerprintText(one.source())
                                        + " through inhibition rule " + one.rule());
                    }
                }
                yield null;
            }
            case GroupEvent.IntervalMuted muted
            when muted.concerns(fingerprint) -> new Muted(Cause.MUTED, "muted: " + muted.reason());
            default -> null;
        };
    }
}
