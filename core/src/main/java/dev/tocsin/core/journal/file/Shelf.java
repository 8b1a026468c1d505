package dev.tocsin.core.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The finished segments of a folder, oldest first. Guarded by the journal's lock, but for the methods that say otherwise. */
final class Shelf {
    /** More segments are not kept, however small: each start begins a new one. */
    static final int MOST_SEGMENTS = 1000;

    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private final Path folder;
    private final JournalOptions options;
    private final FileJournalMetrics metrics;
    private List<Segment> segments = List.of();

    Shelf(Path folder, JournalOptions options, FileJournalMetrics metrics) {
        this.folder = folder;
        this.options = options;
        this.metrics = metrics;
    }

    /**
     * What a folder holds.
     *
     * @param interrupted when the last event was written, if the writer of the last segment did not finish it
     */
    record Found(List<Segment> segments, @Nullable Instant interrupted) {}

    /** Reads the folder, leaving out what cannot be read; blocks, needs no lock. */
    Found load() throws IOException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().matches("\\d{19}\\" + Segment.SUFFIX))
                    .sorted()
                    .toList();
        }
        List<Segment> found = new ArrayList<>();
        Instant interrupted = null;
        for (int i = 0; i < files.size(); i++) {
            boolean newest = i == files.size() - 1;
            boolean finished = Segment.isFinished(files.get(i));
            Segment segment = read(files.get(i), newest);
            found.add(segment);
            if (newest && !finished) {
                interrupted = segment.last();
            }
        }
        return new Found(found, interrupted);
    }

    private Segment read(Path file, boolean newest) throws IOException {
        try {
            Segment segment = Segment.read(file, newest);
            if (segment.damaged()) {
                report(file, "what stands behind event " + segment.next() + " is damaged");
            }
            return segment;
        } catch (IOException e) {
            report(file, String.valueOf(e.getMessage()));
            return Segment.unreadable(file);
        }
    }

    /** Says that a part of a segment cannot be read. */
    void report(Path file, String error) {
        metrics.damaged.increment();
        log.atError()
                .addKeyValue("component", "journal")
                .addKeyValue("file", file)
                .addKeyValue("err", error)
                .log("A part of the journal cannot be read and is left out; nothing else depends on it");
    }

    void put(List<Segment> found) {
        segments = List.copyOf(found);
    }

    void add(Segment finished) {
        List<Segment> more = new ArrayList<>(segments);
        more.add(finished);
        segments = List.copyOf(more);
    }

    /** Unmodifiable. */
    List<Segment> segments() {
        return segments;
    }

    long bytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    /**
     * Takes out what is too old or too much.
     *
     * @param openBytes of the segment that is being written
     * @return what was taken out, for {@link #delete}
     */
    List<Segment> takeOld(Instant now, long openBytes) {
        List<Segment> kept = new ArrayList<>(segments);
        List<Segment> old = new ArrayList<>();
        long bytes = bytes() + openBytes;
        while (!kept.isEmpty()) {
            Segment oldest = kept.getFirst();
            boolean tooOld = Duration.between(oldest.last(), now).compareTo(options.retention()) > 0;
            if (!tooOld && bytes <= options.maxBytes() && kept.size() < MOST_SEGMENTS) {
                break;
            }
            bytes -= oldest.bytes();
            old.add(kept.removeFirst());
        }
        segments = List.copyOf(kept);
        return old;
    }

    /** Removes segments; blocks, needs no lock. */
    void delete(List<Segment> old) {
        for (Segment segment : old) {
            metrics.forgotten.add((double) (segment.next() - segment.first()));
            try {
                segment.delete();
            } catch (IOException e) {
                metrics.errors.increment();
                log.atWarn()
                        .addKeyValue("component", "journal")
                        .addKeyValue("file", segment.file())
                        .addKeyValue("err", e.toString())
                        .log("Cannot remove an old segment of the journal");
            }
        }
    }
}
