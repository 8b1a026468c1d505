package dev.tocsin.core.explain;

import dev.tocsin.core.explain.StageVerdict.Stage;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks every stage that can mute, also those that would not be asked any more because an earlier one mutes. */
final class StageReading {
    private final MuteStages stages;
    private final RouteIntervals intervals;
    private final LabelSet labels;
    private final Instant tick;
    private final Instant now;

    /** @param tick when the group is due, by which intervals go */
    StageReading(MuteStages stages, RouteIntervals intervals, LabelSet labels, Instant tick, Instant now) {
        this.stages = stages;
        this.intervals = intervals;
        this.labels = labels;
        this.tick = tick;
        this.now = now;
    }

    List<StageVerdict> stages() {
        List<StageVerdict> all = new ArrayList<>();
        add(all, Stage.INHIBITION, stages.inhibition(labels, now));
        add(all, Stage.TIME_INTERVALS, intervals.verdict(tick));
        add(all, Stage.SILENCES, stages.silence(labels, now));
        return all;
    }

    private void add(List<StageVerdict> all, Stage stage, MuteVerdict verdict) {
        boolean mutes = !(verdict instanceof MuteVerdict.NotMuted);
        boolean decides = mutes && all.stream().noneMatch(StageVerdict::decides);
        all.add(new StageVerdict(stage, verdict, decides, until(verdict), text(verdict)));
    }

    private @Nullable Instant until(MuteVerdict verdict) {
        return switch (verdict) {
            case MuteVerdict.NotMuted _, MuteVerdict.Inhibited _ -> null;
            case MuteVerdict.OutsideActiveIntervals _ -> intervals.mutedUntil(tick);
            case MuteVerdict.InsideMuteIntervals _ -> intervals.mutedUntil(tick);
            case MuteVerdict.Silenced(List<String> ids) -> lastEnd(ids);
        };
    }

    private @Nullable Instant lastEnd(List<String> ids) {
        Instant last = null;
        for (String id : ids) {
            Silence silence = stages.findSilence(id);
            if (silence != null && (last == null || silence.endsAt().isAfter(last))) {
                last = silence.endsAt();
            }
        }
        return last;
    }

    private String text(MuteVerdict verdict) {
        return switch (verdict) {
            case MuteVerdict.NotMuted _, MuteVerdict.Inhibited _ -> verdict.reason();
            case MuteVerdict.OutsideActiveIntervals _ -> verdict.reason() + until(intervals.mutedUntil(tick));
            case MuteVerdict.InsideMuteIntervals _ -> verdict.reason() + until(intervals.mutedUntil(tick));
            case MuteVerdict.Silenced(List<String> ids) ->
                "silenced by " + Wording.list(ids.stream().map(this::silence).toList());
        };
    }

    private static String until(@Nullable Instant end) {
        return end == null ? "" : " until " + Wording.time(end);
    }

    private String silence(String id) {
        Silence silence = stages.findSilence(id);
        return silence == null
                ? id
                : id + " of " + silence.createdBy() + " (\"" + silence.comment() + "\") until "
                        + Wording.time(silence.endsAt());
    }
}
