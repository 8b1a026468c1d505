package dev.tocsin.core.pipeline;

import dev.tocsin.core.dedup.Dedup;
import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.notify.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one integration has to hear of a flush, and from what that follows. Immutable.
 *
 * @param target whom it is about
 * @param key what its notifications are counted by
 * @param state what the log knew
 * @param verdict null if muting left nothing to decide about
 * @param skips whether it would be sent, but all that is left has resolved and the integration is not told about that
 */
public record IntegrationDecision(
        Target target, LogKey key, KeyState state, @Nullable DedupVerdict verdict, boolean skips) {

    /** The key of a group's notifications to {@code target}. */
    static LogKey key(String groupKey, Target target) {
        return new LogKey(groupKey, target.receiver(), target.integration(), target.index());
    }

    /** Whether the integration has to hear of the news. */
    static DedupVerdict verdict(GroupNews news, Target target, KeyState state) {
        return verdict(news, target, state, news.group().tick());
    }

    /**
     * The same at another time than the group's tick.
     *
     * @param at by the clock that the log's times are of
     */
    static DedupVerdict verdict(GroupNews news, Target target, KeyState state, Instant at) {
        return new Dedup(target.sendResolved(), news.group().route().options().repeatInterval())
                .decide(news.firingHashes(), news.resolvedHashes(), at, state);
    }

    /** Whether the news is only that alerts have resolved, which the integration is not told. */
    static boolean skips(GroupNews news, Target target) {
        return !target.sendResolved() && news.firing().isEmpty();
    }

    /** What {@code news} means for {@code target}; nothing if muting left no news. */
    static IntegrationDecision of(GroupNews news, Target target, KeyState state) {
        LogKey key = key(news.group().groupKey(), target);
        if (news.alerts().isEmpty()) {
            return new IntegrationDecision(target, key, state, null, false);
        }
        DedupVerdict verdict = verdict(news, target, state);
        boolean skips = verdict instanceof DedupVerdict.Send && skips(news, target);
        return new IntegrationDecision(target, key, state, verdict, skips);
    }

    /** Whether a notification goes out, once the claim is granted. */
    public boolean sends() {
        return verdict instanceof DedupVerdict.Send && !skips;
    }
}
