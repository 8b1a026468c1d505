package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorder that keeps what it is told. One thread. */
public final class RecordedEvents implements EventRecorder {
    private final List<EventData> events = new ArrayList<>();
    private @Nullable EventRecorderConfig config;
    private int groups;

    /** Nothing is recorded yet. */
    public RecordedEvents() {}

    @Override
    public boolean isRecording() {
        return true;
    }

    @Override
    public void record(EventData event) {
        events.add(event);
    }

    @Override
    public String newGroup() {
        groups++;
        return "group-" + groups;
    }

    @Override
    public void configure(@Nullable EventRecorderConfig to) {
        config = to;
    }

    /** The configuration in force. */
    public @Nullable EventRecorderConfig config() {
        return config;
    }

    /** What was recorded, in order. */
    public List<EventData> events() {
        return List.copyOf(events);
    }
}
