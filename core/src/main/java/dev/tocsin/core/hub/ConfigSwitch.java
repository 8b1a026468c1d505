package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.group.AlertsGauge;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.group.TimeMuteMarks;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.pipeline.Pipeline;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.trace.Tracing.TracingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration in force and replaces it (contract section 2.11). A new one replaces the inhibitor, the
 * dispatcher and everything behind them at one moment of the hub loop; alerts, silences and the notification log stay.
 * Requests that are out when that happens may still be answered. Written on the hub loop only; any thread may ask what
 * is in force.
 */
final class ConfigSwitch {
    private static final Logger log = LoggerFactory.getLogger(ConfigSwitch.class);

    private final HubParts parts;
    private final HubOptions options;
    private final IngestJournal arrivals;
    private final HubMetrics metrics;
    private final TimeMuteMarks marks = new TimeMuteMarks();
    private final Set<Pipeline> retiring = new HashSet<>();
    private final List<HubListener> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable ActiveConfig active;

    /** Nothing is in force; stored alerts are heard of from now on. */
    ConfigSwitch(HubParts parts, HubOptions options, IngestJournal arrivals) {
        this.parts = parts;
        this.options = options;
        this.arrivals = arrivals;
        this.metrics = new HubMetrics(parts.metrics());
        new AlertsGauge(parts.metrics(), options.groupKeyInMetrics(), parts.clock(), this::dispatcher);
        parts.alerts().subscribe("inhibitor", new ToInhibitor());
        parts.alerts().subscribe("dispatcher", new ToDispatcher());
    }

    /** What is in force; null before the first. */
    @Nullable ActiveConfig active() {
        return active;
    }

    /** As {@link Hub#listen}. */
    Cancellable listen(HubListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private @Nullable Dispatcher dispatcher() {
        ActiveConfig current = active;
        return current == null ? null : current.dispatcher();
    }

    /** As {@link HubNode#apply}. */
    CompletionStage<ApplyResult> apply(Config config) {
        CompletableFuture<ApplyResult> result = new CompletableFuture<>();
        parts.workers()
                .submit(
                        () -> ConfigChange.build(
                                config, parts.printer(), parts.templates(), parts.notifiers(), parts.tracing()),
                        (change, failure) -> {
                            if (change == null) {
                                result.complete(new ApplyResult.Refused(text(failure)));
                            } else {
                                result.complete(replaced(change));
                            }
                        });
        return result;
    }

    /** A fault of ours must not leave those who asked waiting for ever. */
    private ApplyResult replaced(ConfigChange change) {
        try {
            replace(change);
            return new ApplyResult.Applied();
        } catch (RuntimeException | LinkageError e) {
            log.atError()
                    .addKeyValue("component", "configuration")
                    .setCause(e)
                    .log("Replacing the configuration failed half-way; restart the node");
            return new ApplyResult.Refused("unexpected failure: " + e);
        }
    }

    private static String text(@Nullable Exception failure) {
        return switch (failure) {
            case NotifierBuildException expected -> String.valueOf(expected.getMessage());
            case TemplateException expected -> "failed to parse templates: " + expected.getMessage();
            case TracingException expected -> String.valueOf(expected.getMessage());
            case InvalidMatcherException expected -> String.valueOf(expected.getMessage());
            case null, default -> "unexpected failure: " + failure;
        };
    }

    private void replace(ConfigChange change) {
        change.tracing().apply();
        parts.events().configure(change.config().eventRecorder());
        ActiveConfig before = active;
        if (before != null) {
            before.dispatcher().stop();
            Pipeline replaced = before.pipeline();
            retiring.add(replaced);
            replaced.retire(options.reloadPatience(), () -> retiring.remove(replaced));
        }
        List<Alert> stored = new ArrayList<>(parts.alerts().size());
        parts.alerts().forEach(stored::add);
        stored.forEach(alert -> change.inhibitor().stored(alert, null));
        Pipeline pipeline = new Pipeline(
                parts.pipeline(),
                new MuteStages(change.inhibitor(), parts.silences()),
                change::intervals,
                change.receivers());
        Dispatcher dispatcher = new Dispatcher(
                change.routes(),
                pipeline,
                parts.turns(),
                marks,
                new TemplatedRouteLabels(change.templates(), parts.pipeline().externalUrl()),
                parts.clock(),
                parts.loop(),
                parts.metrics(),
                parts.journal(),
                parts.events(),
                options.dispatcher());
        dispatcher.load(stored);
        Config config = change.config();
        active = new ActiveConfig(
                config, change.text(), change.receiverLabels(), change.inhibitor(), pipeline, dispatcher);
        dispatcher.start();
        metrics.configured(change);
        change.warn(parts.pipeline().retention());
    }

    /**
     * Lets no flush begin and gives the requests under way the stop patience, those of configurations that were replaced
     * included.
     *
     * @param done runs on the hub loop when none is left
     */
    void stop(Runnable done) {
        ActiveConfig current = active;
        if (current != null) {
            current.dispatcher().stop();
            retiring.add(current.pipeline());
        }
        if (retiring.isEmpty()) {
            done.run();
        }
        for (Pipeline pipeline : List.copyOf(retiring)) {
            pipeline.retire(options.stopPatience(), () -> {
                retiring.remove(pipeline);
                if (retiring.isEmpty()) {
                    done.run();
                }
            });
        }
    }

    /** Tells the journal and the recorder, then passes stored alerts to the inhibitor in force. */
    private final class ToInhibitor implements AlertStore.Subscriber {
        @Override
        public void stored(Alert now, @Nullable Alert before) {
            arrivals.stored(now, before);
            if (before == null && parts.events().isRecording()) {
                parts.events().record(new EventData.AlertCreated(now));
            }
            ActiveConfig current = active;
            if (current != null) {
                current.inhibitor().stored(now, before);
            }
        }

        @Override
        public void removed(Alert alert) {
            ActiveConfig current = active;
            if (current != null) {
                current.inhibitor().removed(alert);
            }
        }

        @Override
        public void limited(Alert alert, int limit) {
            arrivals.limited(alert, limit);
        }
    }

    /** Passes stored alerts to the dispatcher in force. */
    private final class ToDispatcher implements AlertStore.Subscriber {
        @Override
        public void stored(Alert now, @Nullable Alert before) {
            ActiveConfig current = active;
            if (current != null) {
                current.dispatcher().put(now);
            }
            for (HubListener listener : listeners) {
                listener.stored(now, before);
            }
        }

        /** What resolved stays in its group until it was told. */
        @Override
        public void removed(Alert alert) {
            for (HubListener listener : listeners) {
                listener.removed(alert);
            }
        }
    }
}
