package dev.tocsin.core.pipeline;

import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.mute.MutedFlush;
import dev.tocsin.core.notify.NotificationMetrics;
import java.util.ArrayList;
import java.util.List;

/** Counts and writes down which alerts of a flush were muted by what. */
final class MuteReport {
    private final NotificationMetrics metrics;
    private final Journal journal;
    private final MuteEnds ends;

    MuteReport(NotificationMetrics metrics, Journal journal, MuteEnds ends) {
        this.ends = ends;
        this.metrics = metrics;
        this.journal = journal;
    }

    void report(GroupFlush group, MutedFlush muted) {
        if (muted.muted().isEmpty()) {
            return;
        }
        String receiver = group.route().options().receiver();
        List<GroupEvent.Inhibited.Inhibition> inhibited = new ArrayList<>();
        List<GroupEvent.Silenced.Silencing> silenced = new ArrayList<>();
        List<Long> byTime = new ArrayList<>();
        boolean outsideActive = false;
        for (MutedFlush.Muted one : muted.muted()) {
            long fingerprint = one.alert().fingerprint();
            switch (one.verdict()) {
                case MuteVerdict.Inhibited verdict ->
                    inhibited.add(new GroupEvent.Inhibited.Inhibition(
                            fingerprint, verdict.source().fingerprint(), rule(verdict)));
                case MuteVerdict.Silenced verdict ->
                    silenced.add(new GroupEvent.Silenced.Silencing(fingerprint, verdict.ids()));
                case MuteVerdict.OutsideActiveIntervals verdict -> {
                    outsideActive = true;
                    byTime.add(fingerprint);
                }
                case MuteVerdict.InsideMuteIntervals verdict -> byTime.add(fingerprint);
                case MuteVerdict.NotMuted verdict -> {}
            }
        }
        if (!inhibited.isEmpty()) {
            metrics.suppressed("inhibition", inhibited.size());
            journal.append(new GroupEvent.Inhibited(group.groupKey(), receiver, inhibited));
        }
        if (!byTime.isEmpty() && muted.mutedBy() != null) {
            metrics.suppressed(outsideActive ? "active_time_interval" : "mute_time_interval", byTime.size());
            Fingerprints alerts =
                    Fingerprints.of(byTime.stream().mapToLong(Long::longValue).toArray());
            journal.append(new GroupEvent.IntervalMuted(
                    group.groupKey(),
                    receiver,
                    alerts,
                    muted.mutedBy(),
                    outsideActive,
                    ends.end(group.route(), group.tick())));
        }
        if (!silenced.isEmpty()) {
            metrics.suppressed("silence", silenced.size());
            journal.append(new GroupEvent.Silenced(group.groupKey(), receiver, silenced));
        }
    }

    private static String rule(MuteVerdict.Inhibited verdict) {
        return verdict.ruleName().isEmpty() ? "#" + verdict.ruleIndex() : verdict.ruleName();
    }
}
