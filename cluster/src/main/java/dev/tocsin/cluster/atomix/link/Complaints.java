package dev.tocsin.cluster.atomix.link;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/** Says once a minute, not a thousand times, why somebody is turned away. On the hub loop only. */
final class Complaints {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int REMEMBERED = 256;

    private final Clock clock;
    private final Logger log;
    private final Map<String, Long> last = new LinkedHashMap<>();

    Complaints(Clock clock, Logger log) {
        this.clock = clock;
        this.log = log;
    }

    /** Logs unless the same was said within the last minute. */
    void say(Refusal reason, String remote, String detail) {
        if (isNew(reason + " " + remote)) {
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("remote", remote)
                    .addKeyValue("reason", reason.label())
                    .addKeyValue("err", detail)
                    .log(text(reason));
        }
    }

    /** The same of a peer that sent what cannot be read. */
    void unreadable(String peer, String detail) {
        if (isNew("unreadable " + peer)) {
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("peer", peer)
                    .addKeyValue("err", detail)
                    .log("Peer sent what cannot be read");
        }
    }

    private boolean isNew(String subject) {
        long now = clock.nanoTime();
        Long before = last.get(subject);
        if (before != null && now - before < QUIET_NANOS) {
            return false;
        }
        last.remove(subject);
        last.put(subject, now);
        if (last.size() > REMEMBERED) {
            last.remove(last.keySet().iterator().next());
        }
        return true;
    }

    private static String text(Refusal reason) {
        return switch (reason) {
            case VERSION -> "Node speaks another version of the cluster protocol";
            case LABEL -> "Node has another cluster label";
            case NAME -> "Another node has the same name: give each its own --cluster.peer-name";
            case SELF -> "Node found itself";
            case CLOSING -> "Node is about to stop";
            case FULL -> "Too many nodes";
            case TLS -> "TLS between nodes failed";
            case FOREIGN -> "Something that is no node talks to the cluster port";
            case TIMEOUT -> "Node did not answer in time";
            case CLOSED -> "Node closed the connection before it was authenticated";
        };
    }
}
