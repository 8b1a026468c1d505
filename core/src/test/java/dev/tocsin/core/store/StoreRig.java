package dev.tocsin.core.store;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A store on virtual time with memory for a disk. */
final class StoreRig {
    final VirtualTime time;

    /** The time of the node that tells this one; its own if there is none. */
    VirtualTime peerTime;

    final RecordingSubscriber heard = new RecordingSubscriber();
    final AlertStoreOptions options;
    MemoryStorage disk;
    Metrics metrics = new Metrics(new MetricRegistry());
    CountingStorage counts;
    AlertStore store;

    StoreRig(AlertStoreOptions options) {
        this(options, new VirtualTime());
    }

    StoreRig(AlertStoreOptions options, VirtualTime time) {
        this.options = options;
        this.time = time;
        this.peerTime = time;
        this.disk = new MemoryStorage(time);
        this.counts = new CountingStorage(disk);
        this.store = started(counts);
    }

    StoreRig() {
        this(AlertStoreOptions.DEFAULTS);
    }

    private AlertStore started(Storage storage) {
        AlertStore fresh = new AlertStore(options, time, time, storage, metrics);
        try {
            fresh.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fresh.subscribe("dispatcher", heard);
        fresh.start();
        time.settle();
        return fresh;
    }

    /** Kills the node, which forgets all but its disk, and starts it again after {@code downtime}. */
    void killFor(Duration downtime) {
        MemoryStorage survivor = disk.kill();
        time.advance(downtime);
        disk = survivor;
        metrics = new Metrics(new MetricRegistry());
        counts = new CountingStorage(disk);
        store = started(counts);
    }

    Instant now() {
        return time.now();
    }

    /** Posts, and tells whether the answer came once the disk had its time. */
    boolean put(AlertSource source, Alert... batch) {
        boolean[] answered = new boolean[1];
        store.put(List.of(batch), source, () -> answered[0] = true);
        time.settle();
        return answered[0];
    }

    Alert stored(String name) {
        return Objects.requireNonNull(
                store.find(LabelSet.of(Alert.ALERT_NAME, name).fingerprint()), "not stored: " + name);
    }

    boolean fires(String name) {
        return !stored(name).resolvedAt(now());
    }

    double counted(String name, String... labels) {
        return ((CounterFamily) Objects.requireNonNull(metrics.families().get(name)))
                .labels(labels)
                .value();
    }
}
