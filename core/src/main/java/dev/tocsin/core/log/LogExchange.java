package dev.tocsin.core.log;

import dev.tocsin.core.log.LogCodec.Aged;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes tell each other of their notification logs besides news. On the hub loop only. */
public final class LogExchange {
    private static final int BYTES_PER_PAGE = 1 << 18;

    /**
     * A part of a log.
     *
     * @param entries in any order; may be empty
     * @param maybes as {@code entries}
     * @param refused claims that certainly led to nothing; as {@code entries}
     */
    public record LogPage(List<Aged> entries, List<Aged> maybes, List<Aged> refused) {
        /** Nothing of it was refused. */
        public LogPage(List<Aged> entries, List<Aged> maybes) {
            this(entries, maybes, List.of());
        }
    }

    private final NotificationLog log;
    private final LogCodec codec;
    private final Clock clock;

    /** Tells of {@code log} and joins into it. */
    public LogExchange(NotificationLog log, Clock clock) {
        this.log = log;
        this.codec = new LogCodec(clock);
        this.clock = clock;
    }

    /** What has not expired, to compare. Intents do not show. */
    public Buckets digest() {
        Instant now = clock.now();
        Buckets buckets = new Buckets();
        for (Map.Entry<LogKey, KeyState> known : log.states().entrySet()) {
            KeyState state = known.getValue().at(now);
            long version = 0;
            for (LogEntry head : state.heads()) {
                version += Buckets.mixed(version(head.version()));
            }
            for (ClaimContent maybe : state.maybes()) {
                version += Buckets.mixed(
                        maybe.id().node() + Buckets.mixed(maybe.id().counter()) + 1);
            }
            if (!state.heads().isEmpty() || !state.maybes().isEmpty()) {
                buckets.add(name(known.getKey()), version);
            }
        }
        return buckets;
    }

    private static long version(VersionVector vector) {
        long[] sum = new long[1];
        vector.forEach((node, counter) -> sum[0] += Buckets.mixed(node + Buckets.mixed(counter)));
        return sum[0];
    }

    private static long name(LogKey key) {
        return Buckets.hash(key.groupKey())
                + Buckets.mixed(
                        Buckets.hash(key.receiver()) + Buckets.mixed(Buckets.hash(key.integration()) + key.index()));
    }

    /**
     * Everything in some buckets, running sends left out.
     *
     * @return parts for {@link #merge}, each made when it is asked for and bounded in bytes
     */
    public Iterator<LogPage> pages(BitSet wanted) {
        List<LogKey> keys = new ArrayList<>();
        for (LogKey key : log.states().keySet()) {
            if (wanted.get(Buckets.of(name(key)))) {
                keys.add(key);
            }
        }
        Iterator<LogKey> rest = keys.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public LogPage next() {
                return page(rest);
            }
        };
    }

    private LogPage page(Iterator<LogKey> keys) {
        Instant now = clock.now();
        List<Aged> entries = new ArrayList<>();
        List<Aged> maybes = new ArrayList<>();
        List<Aged> refused = new ArrayList<>();
        int bytes = 0;
        do {
            KeyState state =
                    log.states().getOrDefault(keys.next(), KeyState.EMPTY).at(now);
            for (LogEntry head : state.heads()) {
                entries.add(codec.encode(head));
                bytes += entries.getLast().content().length;
            }
            for (ClaimContent maybe : state.maybes()) {
                maybes.add(codec.encode(maybe));
                bytes += maybes.getLast().content().length;
            }
            if (state.refused() != null) {
                refused.add(codec.encode(state.refused()));
                bytes += refused.getLast().content().length;
            }
        } while (bytes < BYTES_PER_PAGE && keys.hasNext());
        return new LogPage(entries, maybes, refused);
    }

    /** Some entries as a part of a log. */
    public LogPage page(List<LogEntry> entries) {
        List<Aged> encoded = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            encoded.add(codec.encode(entry));
        }
        return new LogPage(encoded, List.of());
    }

    /**
     * Joins a part of another node's log.
     *
     * @throws IOException if some bytes are neither entry nor claim; the others are joined
     */
    public void merge(LogPage page) throws IOException {
        List<LogEntry> entries = new ArrayList<>(page.entries().size());
        List<ClaimContent> maybes = new ArrayList<>(page.maybes().size());
        List<ClaimContent> refused = new ArrayList<>(page.refused().size());
        IOException broken = null;
        for (Aged aged : page.entries()) {
            try {
                entries.add(codec.entry(aged));
            } catch (IOException e) {
                broken = e;
            }
        }
        broken = claims(page.maybes(), maybes, broken);
        broken = claims(page.refused(), refused, broken);
        refused.forEach(log::refused);
        log.merge(entries, maybes);
        if (broken != null) {
            throw broken;
        }
    }

    /** Reads claims into a list. Returns {@code broken}, or why one of them cannot be read. */
    private @Nullable IOException claims(List<Aged> records, List<ClaimContent> claims, @Nullable IOException broken) {
        IOException problem = broken;
        for (Aged aged : records) {
            try {
                claims.add(codec.claim(aged));
            } catch (IOException e) {
                problem = e;
            }
        }
        return problem;
    }
}
