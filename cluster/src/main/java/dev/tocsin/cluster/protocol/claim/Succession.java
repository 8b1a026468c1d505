package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.TakeOver;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.log.LogKey;
import org.jspecify.annotations.Nullable;

/** Who sends instead if this node finds no way to the receiver. Used on the hub loop only. */
final class Succession {
    private final Shared shared;
    private final Attempt attempt;

    Succession(Shared shared, Attempt attempt) {
        this.shared = shared;
        this.attempt = attempt;
    }

    /** The best-ranked eligible node that has not tried yet; null if there is none. */
    @Nullable String next() {
        if (!shared.context.has(Rule.NUDGE_AND_ESCALATE)) {
            return null;
        }
        KeyClaims claims = shared.touch(attempt.key());
        for (String node : shared.members.eligible(attempt.key().groupKey())) {
            if (!node.equals(shared.members.self()) && !claims.tried.contains(node)) {
                return node;
            }
        }
        return null;
    }

    /** Asks it. Returns its name, or null if there is none. */
    @Nullable String handOver() {
        String next = next();
        if (next == null) {
            return null;
        }
        KeyClaims claims = shared.touch(attempt.key());
        claims.tried.add(shared.members.self());
        LogKey key = attempt.key();
        TakeOver message = TakeOver.newBuilder()
                .setRoute(attempt.request().routeId())
                .setGroupKey(key.groupKey())
                .setReceiver(key.receiver())
                .setIntegration(key.integration())
                .setIndex(key.index())
                .addAllTried(claims.tried)
                .setTickAgeMs(attempt.age(shared.context.clock()).toMillis())
                .build();
        shared.metrics.claimed("handed_over");
        shared.courier.deliver(next, Envelope.newBuilder().setTakeOver(message), () -> {});
        return next;
    }
}
