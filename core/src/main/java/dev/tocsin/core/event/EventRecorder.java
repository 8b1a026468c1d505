package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig;
import org.jspecify.annotations.Nullable;

/** Takes the events of the hub and passes them on to the configured outputs. Called on the hub loop only. */
public interface EventRecorder {
    /** Records nothing: the feature is off. */
    EventRecorder NONE = new EventRecorder() {
        @Override
        public boolean isRecording() {
            return false;
        }

        @Override
        public void record(EventData event) {}

        @Override
        public String newGroup() {
            return "";
        }

        @Override
        public void configure(@Nullable EventRecorderConfig config) {}
    };

    /** Whether {@link #record} does anything; spares the making of events if not. */
    boolean isRecording();

    /** Takes an event. Never blocks: what does not fit into the queue is dropped and counted. */
    void record(EventData event);

    /** A new name for a new group; empty if nothing is recorded. */
    String newGroup();

    /**
     * Replaces the outputs by those of {@code config}, once the events before this call are written. Those in use stay if
     * they are configured in the same way, or if some of the new ones cannot be opened.
     *
     * @param config null for no outputs
     */
    void configure(@Nullable EventRecorderConfig config);
}
