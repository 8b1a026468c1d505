package dev.tocsin.core.hub;

import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration file and puts it in force, at the start and whenever it is asked to (contract section 2.11).
 * One at a time: requests that come while a reload runs share the next one. Written on the hub loop; any thread may ask.
 */
public final class ConfigReloader {
    private static final Logger log = LoggerFactory.getLogger(ConfigReloader.class);

    private final String file;
    private final Callable<ConfigResult> load;
    private final HubNode hub;
    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final Journal journal;
    private final ConfigMetrics metrics;
    private final List<CompletableFuture<ApplyResult>> waiting = new ArrayList<>();
    private Consumer<String> inForce = hash -> {};
    private boolean busy;

    /**
     * Does nothing before {@link #reload}.
     *
     * @param file the file's name in logs
     * @param load reads, parses and checks the file; may block
     */
    public ConfigReloader(
            String file,
            Callable<ConfigResult> load,
            HubNode hub,
            Clock clock,
            Scheduler loop,
            Workers workers,
            Metrics metrics,
            Journal journal) {
        this.file = file;
        this.load = load;
        this.hub = hub;
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.journal = journal;
        this.metrics = new ConfigMetrics(metrics);
    }

    /** Calls {@code next} with the hash of every file that comes into force from now on, on the hub loop. */
    public void listen(Consumer<String> next) {
        inForce = next;
    }

    /**
     * Loads the file as it is from now on. If anything fails, the configuration before it stays entirely in force.
     *
     * @return completes on the hub loop
     */
    public CompletionStage<ApplyResult> reload() {
        CompletableFuture<ApplyResult> asked = new CompletableFuture<>();
        loop.execute(() -> {
            waiting.add(asked);
            next();
        });
        return asked;
    }

    private void next() {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        List<CompletableFuture<ApplyResult>> asked = List.copyOf(waiting);
        waiting.clear();
        log.atInfo()
                .addKeyValue("component", "configuration")
                .addKeyValue("file", file)
                .log("Loading configuration file");
        workers.submit(load, (result, failure) -> read(asked, result, failure));
    }

    private void read(
            List<CompletableFuture<ApplyResult>> asked, @Nullable ConfigResult result, @Nullable Exception failure) {
        switch (result) {
            case ConfigResult.Loaded loaded -> apply(asked, loaded);
            case ConfigResult.Refused refused -> refuse(asked, refused.describe());
            case null -> refuse(asked, String.valueOf(failure));
        }
    }

    private void apply(List<CompletableFuture<ApplyResult>> asked, ConfigResult.Loaded loaded) {
        hub.apply(loaded.config()).thenAccept(applied -> {
            switch (applied) {
                case ApplyResult.Applied done -> succeed(asked, loaded);
                case ApplyResult.Refused(String error) -> refuse(asked, error);
            }
        });
    }

    private void succeed(List<CompletableFuture<ApplyResult>> asked, ConfigResult.Loaded loaded) {
        for (String warning : loaded.warnings()) {
            log.atWarn()
                    .addKeyValue("component", "configuration")
                    .addKeyValue("file", file)
                    .log(warning);
        }
        log.atInfo()
                .addKeyValue("component", "configuration")
                .addKeyValue("file", file)
                .log("Completed loading of configuration file");
        metrics.loaded(loaded.hash(), clock.now());
        String hash = Long.toHexString(loaded.hash());
        hub.configLoaded(hash);
        journal.append(new HubEvent.ConfigLoaded(file, hash));
        inForce.accept(hash);
        answer(asked, new ApplyResult.Applied());
    }

    private void refuse(List<CompletableFuture<ApplyResult>> asked, String error) {
        log.atError()
                .addKeyValue("component", "configuration")
                .addKeyValue("file", file)
                .addKeyValue("err", error)
                .log("Loading configuration file failed");
        metrics.refused();
        hub.configRead("the configuration file " + file + " was refused at "
                + clock.now().truncatedTo(ChronoUnit.SECONDS) + " and the one before it is in force: "
                + error.lines().findFirst().orElse(""));
        journal.append(new HubEvent.ConfigRefused(file, error));
        answer(asked, new ApplyResult.Refused(error));
    }

    private void answer(List<CompletableFuture<ApplyResult>> asked, ApplyResult result) {
        busy = false;
        asked.forEach(one -> one.complete(result));
        next();
    }
}
