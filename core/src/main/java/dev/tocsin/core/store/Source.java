package dev.tocsin.core.store;

import dev.tocsin.core.replicate.Buckets;
import java.time.Duration;
import java.time.Instant;

/**
 * One of several senders that evaluate the same rules. Two are equal if address and origin are. Its posts are written
 * and read on the hub loop only.
 */
final class Source {
    private final String address;
    private final String origin;
    private final long hash;
    private Instant firstPostAt = Instant.MAX;
    private Instant lastPostAt = Instant.MIN;

    /**
     * A source that has not posted yet.
     *
     * @param address the remote IP address
     * @param origin scheme, host and port of its generator URLs; may be empty
     */
    Source(String address, String origin) {
        this.address = address;
        this.origin = origin;
        this.hash = Buckets.mixed(Buckets.hash(address) + Buckets.hash(origin));
    }

    String address() {
        return address;
    }

    String origin() {
        return origin;
    }

    /** The same number on every node. */
    long hash() {
        return hash;
    }

    /** When it posted first since the start; after all time if it has not. */
    Instant firstPostAt() {
        return firstPostAt;
    }

    /** When it posted anything at all; before all time if not since the start. */
    Instant lastPostAt() {
        return lastPostAt;
    }

    /** The clock was set back by so much. */
    void setBack(Duration by) {
        if (lastPostAt.isAfter(Instant.MIN)) {
            firstPostAt = firstPostAt.minus(by);
            lastPostAt = lastPostAt.minus(by);
        }
    }

    void posted(Instant now) {
        lastPostAt = now;
        if (firstPostAt.isAfter(now)) {
            firstPostAt = now;
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Source source
                        && hash == source.hash
                        && address.equals(source.address)
                        && origin.equals(source.origin));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }
}
