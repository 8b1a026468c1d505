package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.util.List;

/** Tells the event recorder of one group, under a name of its own. Used on the hub loop only. */
final class RecordedGroup {
    private final EventRecorder events;
    private final Route route;
    private final String key;
    private final LabelSet labels;
    private final String uuid;
    private long flushes;

    RecordedGroup(EventRecorder events, Route route, String key, LabelSet labels) {
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

    void entered(Alert alert) {
        if (events.isRecording()) {
            events.record(new EventData.AlertGrouped(alert, group()));
        }
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
