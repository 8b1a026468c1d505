package dev.tocsin.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.EventRecorderConfig;
import dev.tocsin.core.config.EventRecorderConfig.FileOutput;
import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import dev.tocsin.core.config.Secret;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedEventRecorderTest {
    private static final EventData STARTUP = new EventData.Startup("v", "");
    private static final EventData SHUTDOWN = new EventData.Shutdown();
    private static final String STARTUP_JSON =
            "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"instance\":\"h\",\"data\":{\"alertmanagerStartupEvent\":{\"version\":\"v\"}}}";
    private static final String SHUTDOWN_JSON =
            "{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"instance\":\"h\",\"data\":{\"alertmanagerShutdownEvent\":{}}}";

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private final VirtualWorkers workers = new VirtualWorkers(time);
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final MetricValues values = new MetricValues(metrics);
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ScriptedPoster poster = new ScriptedPoster(time, workers);
    private final QueuedEventRecorder recorder =
            new QueuedEventRecorder("h", () -> 0, stdout, this::poster, time, time, workers, new Random(1), metrics);

    private EventPoster poster(WebhookOutput output) throws IOException {
        if (output.url().isEmpty()) {
            throw new IOException("no such file");
        }
        return poster;
    }

    private static EventRecorderConfig outputs(List<FileOutput> files, List<WebhookOutput> webhooks, int stdouts) {
        return new EventRecorderConfig(files, webhooks, List.of(), stdouts);
    }

    private static EventRecorderConfig stdouts(int stdouts) {
        return outputs(List.of(), List.of(), stdouts);
    }

    private static EventRecorderConfig webhook(String url) {
        WebhookOutput output = new WebhookOutput(
                new Secret(url), null, Duration.ZERO, 1, 0, Duration.ZERO, false, 0, 0, Duration.ZERO);
        return outputs(List.of(), List.of(output), 0);
    }

    private void configure(@Nullable EventRecorderConfig config) {
        recorder.configure(config);
        time.settle();
    }

    private String written() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    private double recorded(String type, String output, String result) {
        return values.value("alertmanager_events_recorded_total", type, output, result);
    }

    @Test
    void eventsWaitForTheFirstConfigurationAndThenGoToEveryOutput() throws IOException {
        Path file = folder.resolve("events");
        recorder.record(STARTUP);
        time.settle();

        assertThat(values.value("alertmanager_event_recorder_queue_length")).isEqualTo(1);
        configure(outputs(
                List.of(new FileOutput(file.toString())), webhook("http://test").webhookOutputs(), 1));
        assertThat(written()).isEqualTo(STARTUP_JSON + "\n");
        assertThat(Files.readString(file)).isEqualTo(STARTUP_JSON + "\n");
        assertThat(poster.posts()).containsExactly("0 " + STARTUP_JSON);
        assertThat(recorded("alertmanager_startup_event", "stdout", "success")).isEqualTo(1);
        assertThat(recorded("alertmanager_startup_event", "file:" + file, "success"))
                .isEqualTo(1);
        assertThat(recorded("alertmanager_startup_event", poster.name(), "success"))
                .isEqualTo(1);
        assertThat(values.value(
                        "alertmanager_event_recorder_bytes_written_total", "alertmanager_startup_event", "stdout"))
                .isEqualTo(STARTUP_JSON.length() + 1.0);

        assertThat(values.value("alertmanager_event_recorder_queue_length")).isZero();
    }

    @Test
    void withoutOutputsNothingIsRecorded() {
        configure(null);
        assertThat(recorder.isRecording()).isFalse();
        recorder.record(STARTUP);
        configure(stdouts(1));
        assertThat(recorder.isRecording()).isTrue();
        assertThat(written()).isEmpty();
    }

    @Test
    void aFullQueueDropsAndCounts() {
        for (int i = 0; i < QueuedEventRecorder.MAX_QUEUED + 2; i++) {
            recorder.record(STARTUP);
        }
        assertThat(values.value("alertmanager_events_dropped_total", "alertmanager_startup_event"))
                .isEqualTo(2);
        configure(stdouts(1));
        assertThat(written().lines()).hasSize(QueuedEventRecorder.MAX_QUEUED);
    }

    @Test
    void aReloadReplacesTheOutputs() {
        configure(stdouts(1));
        configure(webhook("http://test"));
        recorder.record(SHUTDOWN);
        time.settle();
        assertThat(written()).isEmpty();
        assertThat(poster.posts()).hasSize(1);
        configure(null);
        assertThat(poster.isClosed()).isTrue();
    }

    @Test
    void outputsThatStayAsTheyAreStayOpen() {
        configure(webhook("http://test"));
        configure(webhook("http://test"));
        assertThat(poster.isClosed()).isFalse();
    }

    @Test
    void aReloadWhoseOutputsCannotAllBeOpenedKeepsTheOldOnes() {
        configure(stdouts(1));
        configure(outputs(
                List.of(new FileOutput(folder.resolve("missing/events").toString())),
                webhook("http://test").webhookOutputs(),
                0));
        recorder.record(SHUTDOWN);
        time.settle();
        assertThat(written()).isEqualTo(SHUTDOWN_JSON + "\n");
        assertThat(poster.posts()).isEmpty();
        assertThat(poster.isClosed()).isTrue();
    }

    @Test
    void atTheStartAnOutputThatCannotBeOpenedCostsNoOther() {
        configure(outputs(
                List.of(new FileOutput(folder.resolve("missing/events").toString())),
                webhook("").webhookOutputs(),
                1));
        recorder.record(SHUTDOWN);
        time.settle();
        assertThat(written()).isEqualTo(SHUTDOWN_JSON + "\n");
    }

    @Test
    void aFileThatCannotBeWrittenIsCountedAndCostsNoOther() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("events");
        configure(outputs(List.of(new FileOutput(file.toString())), List.of(), 1));
        Files.delete(file);
        Files.delete(inner);
        recorder.record(SHUTDOWN);
        time.settle();
        assertThat(recorded("alertmanager_shutdown_event", "file:" + file, "error"))
                .isEqualTo(1);
        assertThat(written()).isEqualTo(SHUTDOWN_JSON + "\n");
    }

    @Test
    void aStopWritesWhatWaitsAndThenCloses() {
        configure(webhook("http://test"));
        recorder.record(STARTUP);
        recorder.record(SHUTDOWN);
        CompletableFuture<Void> stopped = recorder.stop(Duration.ofSeconds(2)).toCompletableFuture();
        time.settle();
        assertThat(stopped).isCompleted();
        assertThat(poster.posts()).containsExactly("0 " + STARTUP_JSON, "0 " + SHUTDOWN_JSON);
        assertThat(poster.isClosed()).isTrue();
        recorder.record(STARTUP);
        time.settle();
        assertThat(poster.posts()).hasSize(2);
    }

    @Test
    void aStopDoesNotWaitLongerThanItsPatience() {
        poster.take(Duration.ofHours(1));
        configure(webhook("http://test"));
        recorder.record(SHUTDOWN);
        time.settle();
        CompletableFuture<Void> stopped = recorder.stop(Duration.ofSeconds(2)).toCompletableFuture();
        time.advance(Duration.ofMillis(1900));
        assertThat(stopped).isNotCompleted();
        time.advance(Duration.ofMillis(100));
        assertThat(stopped).isCompleted();
    }

    @Test
    void groupsGetRandomNames() {
        assertThat(recorder.newGroup())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(recorder.newGroup());
    }
}
