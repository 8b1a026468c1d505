package dev.tocsin.core.event;

import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.JournalEvent;

/** A journal that lets the recorder hear of what concerns the whole hub: its start, its end, its silences. */
public final class RecordedJournal implements Journal {
    private final Journal journal;
    private final EventRecorder recorder;
    private final EventData.Startup startup;

    /**
     * Keeps events in {@code journal}.
     *
     * @param startup what the recorder is told at the start
     */
    public RecordedJournal(Journal journal, EventRecorder recorder, EventData.Startup startup) {
        this.journal = journal;
        this.recorder = recorder;
        this.startup = startup;
    }

    @Override
    public void append(JournalEvent event) {
        journal.append(event);
        switch (event) {
            case HubEvent.Started started -> recorder.record(startup);
            case HubEvent.Stopped stopped -> recorder.record(new EventData.Shutdown());
            case HubEvent.SilenceCreated created -> recorder.record(new EventData.SilenceCreated(created.silence()));
            case HubEvent.SilenceUpdated updated -> recorder.record(new EventData.SilenceUpdated(updated.silence()));
            case HubEvent.SilenceExpired expired -> recorder.record(new EventData.SilenceUpdated(expired.silence()));
            default -> {}
        }
    }
}
