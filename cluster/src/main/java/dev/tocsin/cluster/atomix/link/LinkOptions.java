package dev.tocsin.cluster.atomix.link;

import java.time.Duration;

/**
 * Bounds of connections.
 *
 * @param connectTimeout how long TCP may take to connect
 * @param handshakeTimeout how long TLS and the proofs may take together
 * @param heartbeat the time between two pings of an idle connection
 * @param silence a connection on which nothing was heard for this long is closed
 * @param writeTimeout the same while bytes wait to be sent, which delays the answers to pings
 * @param frameBytes the longest frame, in bytes
 * @param queueBytes what may wait on one connection to be sent, in bytes; more is not accepted
 * @param unreadBytes a connection of whose messages more than this waits to be handled is not read from, in bytes
 * @param peers how many peers there may be, and how many strangers may be greeted at once
 */
public record LinkOptions(
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration heartbeat,
        Duration silence,
        Duration writeTimeout,
        int frameBytes,
        int queueBytes,
        int unreadBytes,
        int peers) {
    /** What fits a local network. Pings tell that a connection is dead; that a node is silent is known much earlier. */
    public static final LinkOptions DEFAULTS = new LinkOptions(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            16 << 20,
            32 << 20,
            16 << 20,
            256);

    /** These options with other timeouts, all cut to {@code longest}, within which there are at least two pings. */
    public LinkOptions within(Duration longest) {
        return new LinkOptions(
                min(connectTimeout, longest),
                min(handshakeTimeout, longest),
                min(heartbeat, longest.dividedBy(2)),
                min(silence, longest),
                longest,
                frameBytes,
                queueBytes,
                unreadBytes,
                peers);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
