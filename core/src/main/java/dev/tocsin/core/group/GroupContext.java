package dev.tocsin.core.group;

import dev.tocsin.core.event.EventRecorder;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;

/** What the groups of one dispatcher share. */
record GroupContext(
        Clock clock,
        Scheduler scheduler,
        GroupFlusher flusher,
        Turns turns,
        TimeMuteMarks marks,
        RouteLabels routeLabels,
        Journal journal,
        EventRecorder events) {}
