package dev.tocsin.core.mute;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.inhibit.InhibitRule;
import dev.tocsin.core.inhibit.InhibitVerdict;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteVerdict.Inhibited;
import dev.tocsin.core.mute.MuteVerdict.InsideMuteIntervals;
import dev.tocsin.core.mute.MuteVerdict.NotMuted;
import dev.tocsin.core.mute.MuteVerdict.OutsideActiveIntervals;
import dev.tocsin.core.mute.MuteVerdict.Silenced;
import dev.tocsin.core.silence.ActiveSilences;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks everything that can mute an alert, in the order of contract section 5.3: inhibition, active intervals, mute
 * intervals, silences. Changes nothing; any thread may call it.
 */
public final class MuteStages {
    private static final MuteVerdict NOT_MUTED = new NotMuted();

    private final Inhibitor inhibitor;
    private final ActiveSilences silences;

    /** Asks these two; the intervals come with each question. */
    public MuteStages(Inhibitor inhibitor, ActiveSilences silences) {
        this.inhibitor = inhibitor;
        this.silences = silences;
    }

    /** The same without inhibition. */
    public MuteStages withoutInhibition() {
        return new MuteStages(Inhibitor.none(), silences);
    }

    /** The same with other silences. */
    public MuteStages with(ActiveSilences others) {
        return new MuteStages(inhibitor, others);
    }

    /**
     * The first thing that mutes an alert with {@code labels} on a route with {@code intervals}.
     *
     * @param tick when the group's timer fired, by which intervals go
     * @param now the clock's time, by which alerts and silences go
     */
    public MuteVerdict verdict(LabelSet labels, RouteIntervals intervals, Instant tick, Instant now) {
        MuteVerdict verdict = inhibition(labels, now);
        if (verdict instanceof NotMuted) {
            verdict = intervals.verdict(tick);
        }
        return verdict instanceof NotMuted ? silence(labels, now) : verdict;
    }

    /** Whether another alert inhibits one with {@code labels}. */
    public MuteVerdict inhibition(LabelSet labels, Instant now) {
        return switch (inhibitor.verdict(labels, now)) {
            case InhibitVerdict.NotInhibited() -> NOT_MUTED;
            case InhibitVerdict.Inhibited(LabelSet source, int index, String name) ->
                new Inhibited(source, index, name);
        };
    }

    /** The inhibition rule at {@code index} of the configuration, from 0. */
    public InhibitRule rule(int index) {
        return inhibitor.rule(index);
    }

    /** The silence with this id; null if it is not known. */
    public @Nullable Silence findSilence(String id) {
        return silences.find(id);
    }

    /** Whether silences cover an alert with {@code labels}. */
    public MuteVerdict silence(LabelSet labels, Instant now) {
        List<String> ids = silences.silencedBy(labels, now);
        return ids.isEmpty() ? NOT_MUTED : new Silenced(List.copyOf(ids));
    }

    /**
     * What is left of a group's alerts.
     *
     * @param tick when the group's timer fired, by which intervals go
     * @param now the clock's time, by which alerts and silences go
     */
    public MutedFlush flush(List<Alert> alerts, RouteIntervals intervals, Instant tick, Instant now) {
        List<Alert> audible = new ArrayList<>(alerts.size());
        List<MutedFlush.Muted> muted = new ArrayList<>();
        for (Alert alert : alerts) {
            sort(alert, inhibition(alert.labels(), now), audible, muted);
        }
        if (audible.isEmpty()) {
            // The intervals are not asked, so what was last known of them stays.
            return new MutedFlush(audible, muted, null);
        }
        MuteVerdict byTime = intervals.verdict(tick);
        List<String> names = names(byTime);
        if (names != null) {
            audible.forEach(alert -> muted.add(new MutedFlush.Muted(alert, byTime)));
            return new MutedFlush(List.of(), muted, names);
        }
        List<Alert> notified = new ArrayList<>(audible.size());
        for (Alert alert : audible) {
            sort(alert, silence(alert.labels(), now), notified, muted);
        }
        return new MutedFlush(notified, muted, List.of());
    }

    /** Whether {@link #flush} would leave all alerts of a group that have these labels; it asks what that would ask. */
    public boolean leavesAll(List<LabelSet> alerts, RouteIntervals intervals, Instant tick, Instant now) {
        for (LabelSet labels : alerts) {
            if (!(inhibition(labels, now) instanceof NotMuted)) {
                return false;
            }
        }
        if (!(intervals.verdict(tick) instanceof NotMuted)) {
            return false;
        }
        for (LabelSet labels : alerts) {
            if (!silences.silencedBy(labels, now).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static void sort(Alert alert, MuteVerdict verdict, List<Alert> audible, List<MutedFlush.Muted> muted) {
        if (verdict instanceof NotMuted) {
            audible.add(alert);
        } else {
            muted.add(new MutedFlush.Muted(alert, verdict));
        }
    }

    private static @Nullable List<String> names(MuteVerdict byTime) {
        return switch (byTime) {
            case OutsideActiveIntervals(List<String> names) -> names;
            case InsideMuteIntervals(List<String> names) -> names;
            case NotMuted _, Inhibited _, Silenced _ -> null;
        };
    }
}
