package dev.tocsin.core.pipeline;

import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Target;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One integration's part of a flush: decide, claim, then hand over to {@link ClaimedNotification}. Used on the hub loop
 * only. Whoever had to wait decides again afterwards, because the log may know more by then.
 */
final class IntegrationFlush {
    /** The time between two maintenances of Alertmanager's log. */
    private static final Duration LEAST_LIFE = Duration.ofMinutes(15);

    private final PipelineContext context;
    private final GroupNews news;
    private final Target target;
    private final Consumer<IntegrationFlush> whenEnded;
    private final FlushProgress progress;
    private final LogKey key;
    private final Span span;
    private Span claiming = Span.NONE;
    private Cancellable asking = Cancellable.NONE;
    private Cancellable timer = Cancellable.NONE;
    private @Nullable ClaimedNotification claimed;
    private Duration outsideBudget = Duration.ZERO;
    private @Nullable Long heldSince;
    private String heldFor = "";
    private boolean counted;
    private boolean cancelled;
    private boolean ended;

    /**
     * @param flushed the span of the whole flush
     * @param whenEnded called once, before {@code progress} hears of the end
     */
    IntegrationFlush(
            PipelineContext context,
            GroupNews news,
            Target target,
            Span flushed,
            Consumer<IntegrationFlush> whenEnded,
            FlushProgress progress) {
        this.context = context;
        this.news = news;
        this.target = target;
        this.whenEnded = whenEnded;
        this.progress = progress;
        this.span = flushed.child("pipeline.integration")
                .attribute("receiver", target.receiver())
                .attribute("integration", target.name());
        this.key = IntegrationDecision.key(news.group().groupKey(), target);
    }

    PipelineContext context() {
        return context;
    }

    GroupNews news() {
        return news;
    }

    Target target() {
        return target;
    }

    Span span() {
        return span;
    }

    NotificationEvent.Destination destination() {
        return destination(key, target);
    }

    private static NotificationEvent.Destination destination(LogKey key, Target target) {
        return new NotificationEvent.Destination(key.groupKey(), key.receiver(), target.name());
    }

    /** Asks the log whether there is news for the receiver, and claims the notification if there is. */
    void decide() {
        if (ended) {
            return;
        }
        claimed = null;
        Span deciding = span.child("pipeline.dedup");
        KeyState state = context.log().query(key);
        DedupVerdict verdict = IntegrationDecision.verdict(news, target, state, tick());
        deciding.attribute("verdict", verdict.getClass().getSimpleName()).end();
        switch (verdict) {
            case DedupVerdict.Quiet quiet -> {
                context.journal().append(deduplicated(context, key, target, quiet, state));
                end(null);
            }
            case DedupVerdict.Send send -> claim(state, send.reason());
        }
    }

    /** When the group was due; now, if the clock has been set back since: what the log knows was dated by it as it is now. */
    private Instant tick() {
        Instant tick = news.group().tick();
        Instant now = context.sender().clock().now();
        return now.isBefore(tick) ? now : tick;
    }

    /** What the journal hears of an integration that knows all there is. */
    static NotificationEvent.Deduplicated deduplicated(
            PipelineContext context, LogKey key, Target target, DedupVerdict.Quiet quiet, KeyState state) {
        return new NotificationEvent.Deduplicated(
                destination(key, target), quiet.why().text(), told(context, state));
    }

    private static NotificationEvent.@Nullable Told told(PipelineContext context, KeyState state) {
        if (state.heads().isEmpty()) {
            return null;
        }
        LogEntry last = state.heads().getFirst();
        return new NotificationEvent.Told(context.nodes().nameOf(last.node()), last.sentAt(), last.sequence());
    }

    private void claim(KeyState state, NotificationReason reason) {
        ClaimId id = context.replica().nextClaim();
        Instant now = context.sender().clock().now();
        ClaimContent content = new ClaimContent(
                id,
                key,
                state.nextSequence(news.firingHashes(), news.resolvedHashes(), now),
                state.known().with(id.node(), id.counter()),
                news.firingHashes(),
                news.resolvedHashes(),
                reason,
                state.uncertain(),
                now,
                expiry(now));
        claiming = span.child("pipeline.claim");
        asking = context.claims()
                .claim(
                        new ClaimRequest(
                                content,
                                news.group().tick(),
                                news.group().route().id()),
                        answer -> answered(content, state, answer));
    }

    /**
     * When an entry made at {@code now} is forgotten (contract section 5.7). Entries of groups that repeat very often live
     * longer than the contract's twice the repeat interval: Alertmanager believes an expired entry until its next
     * maintenance, and here it must at least outlive the next flush, or a resolved alert would not be told.
     */
    Instant expiry(Instant now) {
        Duration life = longer(
                news.group().route().options().repeatInterval().multipliedBy(2),
                news.group().timeout().multipliedBy(2));
        life = longer(life, LEAST_LIFE);
        return now.plus(life.compareTo(context.retention()) < 0 ? life : context.retention());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void answered(ClaimContent content, KeyState state, ClaimAnswer answer) {
        timer.cancel();
        claiming.attribute("answer", answer.getClass().getSimpleName()).end();
        resumeBudget();
        switch (answer) {
            case ClaimAnswer.Held held -> held(content, held);
            case ClaimAnswer.Denied denied -> {
                context.journal()
                        .append(new NotificationEvent.Refused(destination(), content.sequence(), denied.reason()));
                context.sender().loop().execute(this::decide);
            }
            case ClaimAnswer.Granted granted -> granted(content, state, granted.grant());
        }
    }

    private void held(ClaimContent content, ClaimAnswer.Held held) {
        if (!held.reason().equals(heldFor)) {
            heldFor = held.reason();
            context.journal().append(new NotificationEvent.Held(destination(), content.sequence(), held.reason()));
        }
        if (held.withoutQuorum()) {
            heldSince = context.sender().clock().nanoTime();
        } else {
            Duration left = Duration.between(context.sender().clock().now(), deadline());
            timer = context.sender().loop().schedule(left, () -> giveUp("claim not granted: " + held.reason()));
        }
    }

    private void resumeBudget() {
        if (heldSince != null) {
            outsideBudget = outsideBudget.plusNanos(context.sender().clock().nanoTime() - heldSince);
            heldSince = null;
        }
    }

    /** When the last attempt must be over. Time without a quorum does not count. */
    Instant deadline() {
        return news.group().deadline().plus(outsideBudget);
    }

    private void granted(ClaimContent content, KeyState state, Grant grant) {
        if (ended) {
            grant.release(Grant.Release.NOT_SENT);
            return;
        }
        if (!counted) {
            counted = true;
            context.sender().metrics().notified(target);
        }
        claimed = new ClaimedNotification(this, content, state, grant);
        claimed.begin();
    }

    LogKey key() {
        return key;
    }

    /** Whether the group has gone on, so that later news of it takes this one's place. */
    boolean isLeftBehind() {
        return progress.answered();
    }

    /** Ends without a word before it has begun: later news of the group say it all. */
    void supersede() {
        end(null);
    }

    /** Makes no further attempts; one under way may end by itself. */
    void cancel() {
        cancelled = true;
        progress.cancelled();
        if (claimed == null) {
            giveUp("context canceled");
        } else {
            claimed.stopRetrying();
        }
    }

    /** Ends at once. */
    void abort() {
        cancel();
        if (claimed != null) {
            claimed.abort();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    private void giveUp(String why) {
        asking.cancel();
        end(target + ": " + why);
    }

    /** @param error null if the receiver knows what it has to know */
    void end(@Nullable String error) {
        if (ended) {
            return;
        }
        ended = true;
        timer.cancel();
        if (error != null) {
            span.fail(error);
        }
        span.end();
        whenEnded.accept(this);
        progress.ended(error);
    }
}
