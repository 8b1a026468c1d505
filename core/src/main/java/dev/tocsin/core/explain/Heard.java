package dev.tocsin.core.explain;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the journals told. Immutable.
 *
 * @param ofAlert about the alert itself, newest first
 * @param ofGroups about its groups and their notifications, newest first
 * @param silent nodes that did not answer, sorted
 * @param cut whether the journals have older entries about the alert or its groups
 */
record Heard(List<HistoryLine> ofAlert, List<HistoryLine> ofGroups, List<String> silent, boolean cut) {
    /** Says that there is more. */
    static final String CUT =
            "only the newest entries of the journals were read: notifications by fingerprint and by group"
                    + " key tell the older ones, page by page";

    private static final Comparator<HistoryLine> NEWEST_FIRST =
            Comparator.comparing(HistoryLine::at).reversed();

    static Heard of(History.Page ofAlert, List<History.Page> ofGroups) {
        List<HistoryLine> groups = new ArrayList<>();
        Set<String> silent = new TreeSet<>(ofAlert.silent());
        boolean cut = ofAlert.more();
        for (History.Page page : ofGroups) {
            cut |= page.more();
            groups.addAll(page.lines());
            silent.addAll(page.silent());
        }
        groups.sort(NEWEST_FIRST);
        return new Heard(ofAlert.lines(), List.copyOf(groups), List.copyOf(silent), cut);
    }

    /** Everything that tells something about the alert or what became of its groups, newest first, each line once. */
    List<HistoryLine> all() {
        List<HistoryLine> all = new ArrayList<>();
        Set<HistoryLine> seen = new HashSet<>();
        for (HistoryLine line : ofAlert) {
            if (seen.add(line)) {
                all.add(line);
            }
        }
        for (HistoryLine line : ofGroups) {
            if (line.event() instanceof NotificationEvent && seen.add(line)) {
                all.add(line);
            }
        }
        all.sort(NEWEST_FIRST);
        return all.subList(0, Math.min(all.size(), Explainer.MAX_HISTORY));
    }

    /** Whether the latest line that tells it says that the alert had ended. */
    boolean ended(long fingerprint) {
        for (HistoryLine line : newestFirst()) {
            switch (line.event()) {
                case AlertEvent.Merged merged
                when merged.concerns(fingerprint) -> {
                    return merged.change() == AlertEvent.Change.RESOLVED;
                }
                case GroupEvent.Flushed flush
                when flush.concerns(fingerprint) -> {
                    return flush.resolved().contains(fingerprint);
                }
                default -> {}
            }
        }
        return false;
    }

    /** All lines, newest first, each once. */
    List<HistoryLine> newestFirst() {
        Set<HistoryLine> all = new LinkedHashSet<>(ofAlert);
        all.addAll(ofGroups);
        List<HistoryLine> sorted = new ArrayList<>(all);
        sorted.sort(NEWEST_FIRST);
        return sorted;
    }

    /** What was told about a group of a receiver, newest first, each line once. */
    List<HistoryLine> ofGroup(String groupKey, String receiver) {
        List<HistoryLine> found = newestFirst();
        found.removeIf(line -> !line.event().groupKey().equals(groupKey)
                || !line.event().receiver().equals(receiver));
        return found;
    }

    /** What was told about one integration of a group, newest first. */
    List<HistoryLine> notifications(String groupKey, String receiver, String integration) {
        List<HistoryLine> found = new ArrayList<>();
        for (HistoryLine line : ofGroups) {
            if (line.event() instanceof NotificationEvent event
                    && event.groupKey().equals(groupKey)
                    && event.receiver().equals(receiver)
                    && event.to().integration().equals(integration)) {
                found.add(line);
            }
        }
        return found;
    }

    /** The alert's labels if an event tells them, else null. */
    static @Nullable LabelSet labels(List<HistoryLine> lines, long fingerprint) {
        for (HistoryLine line : lines) {
            LabelSet labels = switch (line.event()) {
                case AlertEvent.Merged merged -> merged.labels();
                case AlertEvent.Limited limited -> limited.labels();
                case AlertEvent.Refused refused -> refused.labels();
                default -> null;
            };
            if (labels != null && !labels.isEmpty() && labels.fingerprint() == fingerprint) {
                return labels;
            }
        }
        return null;
    }

    /** The keys of the groups that the lines name, latest first. */
    static Set<String> groupKeys(List<HistoryLine> lines) {
        Set<String> keys = new LinkedHashSet<>();
        for (HistoryLine line : lines) {
            JournalEvent event = line.event();
            boolean ofGroup = event instanceof GroupEvent || event instanceof NotificationEvent;
            if (ofGroup && !event.groupKey().isEmpty()) {
                keys.add(event.groupKey());
            }
        }
        return keys;
    }
}
