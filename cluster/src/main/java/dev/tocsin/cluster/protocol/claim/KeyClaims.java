package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this node knows of the claims for one key, besides the log. Used on the hub loop only. */
final class KeyClaims {
    final LogKey key;
    /** This node's own claim that asks or sends; null if there is none. */
    @Nullable Attempt attempt;
    /** What is promised to another node; null if nothing is. */
    @Nullable Promise promise;

    Cancellable promiseTimer = Cancellable.NONE;
    /** Own claims that wait for the end of the attempt or of the promise. */
    final List<Attempt> waiting = new ArrayList<>();
    /** The nodes that found no way to the receiver since its last notification. */
    final Set<String> tried = new HashSet<>();
    /** How often claims were denied since the last grant: those that compete must not do so in step for ever. */
    int denials;
    /** Monotonic. */
    long touchedNanos;

    /** By replica id the latest claim that is known to have ended. */
    private final Map<Long, ClaimId> released = new HashMap<>();

    KeyClaims(LogKey key) {
        this.key = key;
    }

    void release(ClaimId id) {
        released.merge(id.node(), id, (known, next) -> isLater(next, known) ? next : known);
    }

    /** Whether {@code id} or a later claim of its node has ended: a question for it comes late. */
    boolean hasReleased(ClaimId id) {
        ClaimId known = released.get(id.node());
        return known != null && !isLater(id, known);
    }

    private static boolean isLater(ClaimId id, ClaimId other) {
        return id.incarnation() == other.incarnation()
                ? id.counter() > other.counter()
                : id.incarnation() > other.incarnation();
    }

    /** Whether there is nothing left to remember but what ended. */
    boolean isIdle() {
        return attempt == null && promise == null && waiting.isEmpty();
    }

    /** What the log knows of the key. */
    static KeyState log(NotificationLog log, LogKey key, Clock clock) {
        KeyState known = log.states().get(key);
        return known == null ? KeyState.EMPTY : known.at(clock.now());
    }

    /**
     * Whether the log knows something that {@code content} was made without.
     *
     * @param maybes the claims whose outcome was not known then
     */
    static boolean hasNews(KeyState log, ClaimContent content, List<ClaimId> maybes) {
        return !Granter.unknownHeads(log, content.version(), maybes).isEmpty()
                || !Granter.unknownMaybes(log, content.version(), content.id()).isEmpty();
    }
}
