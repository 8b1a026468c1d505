package dev.tocsin.cluster.protocol;

import dev.tocsin.core.runtime.Scheduler;
import java.util.ArrayList;
import java.util.List;

/** Who wants to hear of the members. Used on the hub loop only. */
final class Listeners {
    private final Scheduler loop;
    private final List<Members.Listener> all = new ArrayList<>();
    private boolean telling;

    Listeners(Scheduler loop) {
        this.loop = loop;
    }

    void add(Members.Listener listener) {
        all.add(listener);
    }

    /** Something has changed; told soon, and once for all that changes until then. */
    void changed() {
        if (!telling) {
            telling = true;
            loop.execute(() -> {
                telling = false;
                List.copyOf(all).forEach(Members.Listener::changed);
            });
        }
    }

    void reconnected(String peer) {
        List.copyOf(all).forEach(listener -> listener.reconnected(peer));
    }

    void restarted(String peer, int incarnation) {
        List.copyOf(all).forEach(listener -> listener.restarted(peer, incarnation));
    }
}
