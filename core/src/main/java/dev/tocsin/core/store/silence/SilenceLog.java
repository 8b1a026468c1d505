package dev.tocsin.core.store.silence;

import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.InvalidSnapshotException;
import dev.tocsin.core.snapshot.SilenceSnapshot;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Silences on the disk: a log of every edit, which counts, and the snapshot file that Alertmanager reads. On the hub
 * loop, but for {@link #load} and {@link #writeSnapshot}, which block.
 */
final class SilenceLog {
    private static final String NAME = "silences";

    /** Below this size a log is not worth shortening, in bytes. */
    private static final long SMALL = 1 << 20;

    private final Storage storage;
    private Storage.@Nullable RecordLog log;
    private volatile long liveBytes;
    private boolean rewriting;

    SilenceLog(Storage storage) {
        this.storage = storage;
    }

    /**
     * What the disk holds.
     *
     * @param logged every version in the log, oldest first
     * @param snapshot the silences of the snapshot file
     * @param unusable one line for each silence whose matchers do not compile
     */
    record Content(List<Silence> logged, List<Silence> snapshot, List<String> unusable) {}

    /** @throws IOException if a file is damaged or cannot be read; the message names it and says what to do */
    Content load() throws IOException {
        List<byte[]> records = new ArrayList<>();
        log = storage.openLog(NAME, records::add);
        List<Silence> logged = new ArrayList<>(records.size());
        List<String> unusable = new ArrayList<>();
        for (byte[] bytes : records) {
            try {
                logged.add(SilenceSnapshot.decodeRecord(bytes));
            } catch (InvalidMatcherException e) {
                unusable.add(e.getMessage());
            } catch (InvalidSnapshotException e) {
                throw new IOException("the log " + NAME + ".log holds something else than silences: " + e.getMessage()
                        + "; move it away to start without it");
            }
        }
        byte[] file = storage.readFile(SilenceSnapshot.FILE);
        if (file == null) {
            return new Content(logged, List.of(), unusable);
        }
        try {
            SilenceSnapshot.Content snapshot = SilenceSnapshot.decode(file);
            unusable.addAll(snapshot.unusable());
            return new Content(logged, snapshot.silences(), unusable);
        } catch (InvalidSnapshotException e) {
            throw new IOException("the snapshot file " + SilenceSnapshot.FILE + " is damaged: " + e.getMessage()
                    + "; restore it from a backup, or move it away to start without it");
        }
    }

    /** Saves versions of silences in this order; {@code done} hears when all of them are safe. */
    void append(List<byte[]> records, Consumer<@Nullable IOException> done) {
        Storage.RecordLog open = opened();
        for (int i = 0; i < records.size(); i++) {
            // The log keeps the order, so the last one is not safe before the others are.
            Consumer<@Nullable IOException> hears = i == records.size() - 1 ? done : error -> {};
            open.append(records.get(i), Storage.Durability.SYNCED, hears);
        }
    }

    /** Shortens the log to {@code live}, if that is worth it or {@code always}. */
    void rewrite(Collection<Silence> live, boolean always) {
        Storage.RecordLog open = opened();
        if (rewriting || (!always && open.sizeBytes() < SMALL + 4 * liveBytes)) {
            return;
        }
        List<byte[]> records = new ArrayList<>(live.size());
        long bytes = 0;
        for (Silence silence : live) {
            byte[] record = SilenceSnapshot.encodeRecord(silence);
            records.add(record);
            bytes += record.length;
        }
        liveBytes = bytes;
        rewriting = true;
        open.rewrite(records, error -> rewriting = false);
    }

    private Storage.RecordLog opened() {
        if (log == null) {
            throw new IllegalStateException("load() comes first");
        }
        return log;
    }

    /** Writes the snapshot file and returns its size in bytes. Any thread but the hub loop; blocks. */
    int writeSnapshot(Collection<Silence> silences) throws IOException {
        byte[] file = SilenceSnapshot.encode(silences);
        liveBytes = file.length;
        storage.writeFile(SilenceSnapshot.FILE, file);
        return file.length;
    }

    /** Syncs and closes the log. */
    void close() throws IOException {
        opened().close();
    }
}
