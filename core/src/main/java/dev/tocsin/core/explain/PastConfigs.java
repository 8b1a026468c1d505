package dev.tocsin.core.explain;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.explain.ConfigRecords.Kept;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations that were in force on this node, so that the past can be explained by what was configured then.
 * Their texts are kept without secrets, at most {@link #MAX} of them and {@link #MAX_BYTES}; older ones are forgotten.
 * Nothing but explanations depends on it: a file that cannot be read or written is told in the log, and that is all.
 *
 * <p>Written on the hub loop only; any thread may read.
 */
public final class PastConfigs {
    /** The most configurations that are kept. */
    public static final int MAX = 32;

    /** The most bytes that their texts take, compressed. */
    static final int MAX_BYTES = 4 << 20;

    /** When a configuration is written after it came into force: printing it must not be part of the start. */
    static final Duration CALM = Duration.ofSeconds(10);

    private static final String FILE = "configurations";
    private static final Logger log = LoggerFactory.getLogger(PastConfigs.class);

    private final Clock clock;
    private final Scheduler loop;
    private final Workers workers;
    private final Storage storage;
    private final Function<String, ConfigResult> reader;
    private volatile List<Kept> kept;
    private volatile @Nullable PastTree latest;

    /**
     * Reads what the disk has.
     *
     * @param reader reads the text of a configuration as though it stood in this node's file
     */
    public PastConfigs(
            Clock clock, Scheduler loop, Workers workers, Storage storage, Function<String, ConfigResult> reader) {
        this.clock = clock;
        this.loop = loop;
        this.workers = workers;
        this.storage = storage;
        this.reader = reader;
        this.kept = load();
    }

    private List<Kept> load() {
        try {
            byte[] content = storage.readFile(FILE);
            return content == null ? List.of() : ConfigRecords.read(content);
        } catch (IOException e) {
            warn("The configurations of the past cannot be read; explanations of the past lack routes", e);
            return List.of();
        }
    }

    private static void warn(String message, Exception e) {
        log.atWarn()
                .addKeyValue("component", "configuration")
                .addKeyValue("err", e.getMessage())
                .log(message);
    }

    /**
     * A configuration has come into force. On the hub loop.
     *
     * @param hash of the file
     * @param text the configuration without secrets; asked on a worker, some time later
     */
    public void loaded(String hash, Supplier<String> text) {
        if (!kept.isEmpty() && kept.getLast().hash().equals(hash)) {
            return;
        }
        Kept now = new Kept(clock.now(), hash, new byte[0]);
        List<Kept> more = new ArrayList<>(kept);
        more.add(now);
        kept = bounded(more);
        loop.schedule(
                CALM,
                () -> workers.submit(() -> ConfigRecords.compressed(text.get()), (bytes, failure) -> {
                    if (bytes != null) {
                        write(now, bytes);
                    }
                }));
    }

    private void write(Kept written, byte[] text) {
        List<Kept> all = new ArrayList<>(kept);
        all.replaceAll(one -> one.equals(written) ? new Kept(one.since(), one.hash(), text) : one);
        List<Kept> bounded = bounded(all);
        kept = bounded;
        workers.submit(
                () -> {
                    storage.writeFile(FILE, ConfigRecords.written(bounded));
                    return true;
                },
                (done, failure) -> {
                    if (failure != null) {
                        warn("The configurations of the past cannot be written", failure);
                    }
                });
    }

    private static List<Kept> bounded(List<Kept> all) {
        int from = all.size();
        long bytes = 0;
        while (from > 0
                && all.size() - from < MAX
                && (bytes += all.get(from - 1).text().length) <= MAX_BYTES) {
            from--;
        }
        return List.copyOf(all.subList(from, all.size()));
    }

    /** When the oldest configuration that is known came into force; null if none is known. */
    @Nullable Instant oldest() {
        List<Kept> all = kept;
        return all.isEmpty() ? null : all.getFirst().since();
    }

    /**
     * What was in force at some time. May parse a configuration: call it on a worker.
     *
     * @param current the configuration in force now; null if there is none
     * @return null if that is not known
     */
    @Nullable PastTree at(Instant time, @Nullable Config current) {
        List<Kept> all = kept;
        for (int i = all.size() - 1; i >= 0; i--) {
            Kept one = all.get(i);
            if (!one.since().isAfter(time)) {
                return tree(one, i + 1 < all.size() ? all.get(i + 1).since() : null, current);
            }
        }
        return null;
    }

    private @Nullable PastTree tree(Kept one, @Nullable Instant until, @Nullable Config current) {
        PastTree known = latest;
        if (until != null && known != null && known.since().equals(one.since())) {
            return known;
        }
        Config config = until == null ? current : parsed(one);
        if (config == null) {
            return null;
        }
        PastTree tree = PastTree.of(one.since(), until, config);
        if (until != null) {
            latest = tree;
        }
        return tree;
    }

    /** Null if it was not written yet, or cannot be used any more. */
    private @Nullable Config parsed(Kept one) {
        if (one.text().length == 0) {
            return null;
        }
        try {
            return switch (reader.apply(ConfigRecords.text(one))) {
                case ConfigResult.Loaded loaded -> loaded.config();
                case ConfigResult.Refused refused -> null;
            };
        } catch (IOException e) {
            warn("A configuration of the past cannot be read", e);
            return null;
        }
    }
}
