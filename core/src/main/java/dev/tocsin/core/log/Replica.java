package dev.tocsin.core.log;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Workers;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this node is to others: a random id that lives as long as the storage folder, a number that grows with each of its
 * starts, and a counter that never gives the same claim id twice. Used on the hub loop only.
 *
 * <p>Counters are reserved on disk in blocks, so that a claim costs no write; a start skips what is left of a block. Both
 * numbers are at least as high as the clock says: a folder that was restored from a backup must not give again what the
 * node gave after the backup was made.
 */
public final class Replica {
    /** The file's name in the storage folder. */
    public static final String FILE = "replica";

    /** How many counters one write reserves. */
    static final long BLOCK = 1024;

    /** What the time is counted from. */
    private static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    /** No node makes more claims than this in a second for long. */
    private static final long PER_SECOND = 1 << 16;

    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private final Storage storage;
    private final Workers workers;
    private final long id;
    private final int incarnation;
    private long nextCounter;
    private long reserved;
    private boolean reserving;

    /**
     * Reads the storage folder, or draws a new id if it is empty; blocks. If the folder cannot be written, the node goes
     * by a new id that nobody remembers, for a counter given twice would lose notifications.
     *
     * @throws IOException if what is there cannot be read
     */
    public Replica(Storage storage, Workers workers, RandomGenerator random, Clock clock) throws IOException {
        this.storage = storage;
        this.workers = workers;
        dev.tocsin.core.log.proto.Replica known = read(storage);
        long seconds = Math.clamp(Duration.between(EPOCH, clock.now()).toSeconds(), 0, Integer.MAX_VALUE);
        int start = Math.max(known.getIncarnation() + 1, (int) seconds);
        long first = Math.max(Math.max(1, known.getNextCounter()), seconds * PER_SECOND);
        long kept = known.getId() == LogEntry.FOREIGN ? draw(random) : known.getId();
        long reserve = first + BLOCK;
        if (!write(kept, start, reserve)) {
            kept = draw(random);
        }
        this.id = kept;
        this.incarnation = start;
        this.nextCounter = first;
        this.reserved = reserve;
    }

    private static dev.tocsin.core.log.proto.Replica read(Storage storage) throws IOException {
        byte[] file = storage.readFile(FILE);
        if (file == null) {
            return dev.tocsin.core.log.proto.Replica.getDefaultInstance();
        }
        try {
            return dev.tocsin.core.log.proto.Replica.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(
                    "the file " + FILE + " in the storage folder is damaged (" + e.getMessage()
                            + "); remove it and the node goes by a new replica id",
                    e);
        }
    }

    private static long draw(RandomGenerator random) {
        long drawn;
        do {
            drawn = random.nextLong();
        } while (drawn == LogEntry.FOREIGN);
        return drawn;
    }

    private boolean write(long replica, int start, long firstFree) {
        try {
            storage.writeFile(FILE, encode(replica, start, firstFree));
            return true;
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("component", "nflog")
                    .addKeyValue("err", e.getMessage())
                    .log("Cannot keep the replica id; using a new one for this run");
            return false;
        }
    }

    private static byte[] encode(long replica, int start, long firstFree) {
        return dev.tocsin.core.log.proto.Replica.newBuilder()
                .setId(replica)
                .setIncarnation(start)
                .setNextCounter(firstFree)
                .build()
                .toByteArray();
    }

    /** The replica id; never {@link LogEntry#FOREIGN}. */
    public long id() {
        return id;
    }

    /** Higher than at every earlier start with this id. */
    public int incarnation() {
        return incarnation;
    }

    /** A new claim id. */
    public ClaimId nextClaim() {
        ClaimId claim = new ClaimId(id, incarnation, nextCounter++);
        if (!reserving && nextCounter > reserved - BLOCK / 2) {
            reserve();
        }
        return claim;
    }

    /** A disk that refuses is asked again at the next claim: notifications do not wait for it. */
    private void reserve() {
        reserving = true;
        long next = nextCounter + BLOCK;
        byte[] file = encode(id, incarnation, next);
        workers.submit(
                () -> {
                    storage.writeFile(FILE, file);
                    return next;
                },
                (done, failed) -> {
                    reserving = false;
                    if (done != null) {
                        reserved = done;
                    }
                });
    }
}
