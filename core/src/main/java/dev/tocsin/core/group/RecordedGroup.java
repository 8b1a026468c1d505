package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.util.ArrayList;
import java.util.List;

/** Tells the journal of one group, and the event recorder under a name of its own. Used on the hub loop only. */
final class RecordedGroup {
    private final Journal journal;
    private final EventRecorder events;
    private final Route route;
    private final String key;
    private final LabelSet labels;
    private final String uuid;
    private long flushes;

    RecordedGroup(Journal journal, EventRecorder events, Route route, String key, LabelSet labels) {
        this.journal = journal;
        this.events = events;
        this.route = route;
        this.key = key;
        this.labels = labels;
        this.uuid = events.newGroup();
    }

    String uuid() {
        return uuid;
    }

    /** The number of the flush that begins, from 1. */
    long nextFlush() {
        flushes++;
        return flushes;
    }

    /** The group was given a report of an alert, the first one or another. */
    void grouped(Alert alert) {
        if (events.isRecording()) {
            events.record(new EventData.AlertGrouped(alert, group()));
        }
    }

    /** A flush begins. */
    void begun(GroupFlush flush) {
        List<Alert> firing = new ArrayList<>();
        List<Alert> resolved = new ArrayList<>();
        for (Alert alert : flush.alerts()) {
            (alert.resolvedAt(flush.at()) ? resolved : firing).add(alert);
        }
        journal.append(flushed(Fingerprints.of(firing), Fingerprints.of(resolved)));
    }

    /** What the journal hears of a flush of these alerts that begins. */
    GroupEvent.Flushed flushed(Fingerprints firing, Fingerprints resolved) {
        return new GroupEvent.Flushed(key, route.options().receiver(), firing, resolved);
    }

    /** A flush begins of which the journal hears the same as of one before. */
    void begunAgain(GroupEvent.Flushed same) {
        nextFlush();
        journal.append(same);
    }

    void left(List<Alert> resolved) {
        if (events.isRecording()) {
            resolved.forEach(alert -> events.record(new EventData.AlertResolved(alert, group())));
        }
    }

    private EventData.Group group() {
        return new EventData.Group(key, labels, route.options().receiver(), route.matchers(), uuid);
    }
}
