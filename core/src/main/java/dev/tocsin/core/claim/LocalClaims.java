package dev.tocsin.core.claim;

import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.runtime.Cancellable;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a node that has no peers: granted at once unless the node itself is sending for the key, as after a
 * reload in the middle of a request. Then they wait and are denied when that has ended, because the log knows more by
 * then. Leases never lapse.
 *
 * <p>Used on the hub loop only. Bounded by the flushes that run.
 */
public final class LocalClaims implements Claims {
    private final Map<LogKey, Queue<Waiting>> held = new HashMap<>();

    /** Nothing is held. */
    public LocalClaims() {}

    @Override
    public Cancellable claim(ClaimRequest request, Consumer<ClaimAnswer> answer) {
        LogKey key = request.content().key();
        Queue<Waiting> queue = held.get(key);
        if (queue == null) {
            held.put(key, new ArrayDeque<>());
            answer.accept(new ClaimAnswer.Granted(new LocalGrant(key)));
            return Cancellable.NONE;
        }
        Waiting waiting = new Waiting(answer);
        queue.add(waiting);
        answer.accept(new ClaimAnswer.Held("an earlier notification is still being sent", false));
        return () -> queue.remove(waiting);
    }

    private record Waiting(Consumer<ClaimAnswer> answer) {}

    private final class LocalGrant implements Grant {
        private final LogKey key;
        private boolean released;

        LocalGrant(LogKey key) {
            this.key = key;
        }

        @Override
        public boolean maySend() {
            return !released;
        }

        @Override
        public String doubt() {
            return "";
        }

        @Override
        public Cancellable onLapse(Runnable lapsed) {
            return Cancellable.NONE;
        }

        @Override
        public void release(Release how) {
            if (released) {
                return;
            }
            released = true;
            Queue<Waiting> queue = held.remove(key);
            Waiting next;
            while (queue != null && (next = queue.poll()) != null) {
                next.answer.accept(new ClaimAnswer.Denied("an earlier notification has ended"));
            }
        }

        @Override
        public boolean hasSuccessor() {
            return false;
        }

        @Override
        public @Nullable String handOver() {
            return null;
        }
    }
}
