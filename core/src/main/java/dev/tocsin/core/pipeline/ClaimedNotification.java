package dev.tocsin.core.pipeline;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.claim.Grant.Release;
import dev.tocsin.core.event.EventData;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.journal.Journal;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.notify.Delivery;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.NotificationMetrics;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.notify.Target;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A notification that this node may send: note the intent, send, record what came of it, release the claim. Used on the
 * hub loop only.
 *
 * <p>The intent is on its way to the disk before the first byte is on its way to the receiver, so that whoever starts
 * after a crash knows that the receiver may know. The log hears of the end before the claim is released, so that the next
 * claimant of the key finds it there.
 */
final class ClaimedNotification implements Delivery.Listener {
    private static final Logger log = LoggerFactory.getLogger(ClaimedNotification.class);

    private final IntegrationFlush flush;
    private final PipelineContext context;
    private final Journal journal;
    private final ClaimContent content;
    private final String idempotencyKey;
    private final KeyState before;
    private final Grant grant;
    private final Map<String, ReceiverValue> receiverData;
    private final String doubt;
    private Cancellable lease = Cancellable.NONE;
    private @Nullable Delivery delivery;
    private boolean lapsed;

    /** @param state what the log knew when {@code content} was made */
    ClaimedNotification(IntegrationFlush flush, ClaimContent content, KeyState state, Grant grant) {
        this.flush = flush;
        this.context = flush.context();
        this.journal = context.journal();
        this.content = content;
        this.idempotencyKey = content.idempotencyKey();
        this.before = state;
        this.grant = grant;
        this.receiverData = content.reason() == NotificationReason.FIRST_NOTIFICATION ? Map.of() : state.receiverData();
        this.doubt = doubt(state, grant);
    }

    private static String doubt(KeyState state, Grant grant) {
        if (!state.maybes().isEmpty()) {
            return "the outcome of claim " + state.maybes().getLast().id() + " is not known";
        }
        if (state.uncertain()) {
            return "nodes that did not know of each other have notified";
        }
        return grant.doubt();
    }

    private boolean marked() {
        return !doubt.isEmpty();
    }

    void begin() {
        journal.append(new NotificationEvent.Claimed(
                flush.destination(), content.sequence(), content.reason(), marked(), doubt));
        if (IntegrationDecision.skips(flush.news(), flush.target())) {
            journal.append(new NotificationEvent.Skipped(
                    flush.destination(), "only resolved alerts, which it is not told about"));
            context.log().record(entry(receiverData, marked()));
            release(Release.RECORDED);
            flush.end(null);
            return;
        }
        context.log().intend(content, this::send);
    }

    private void send() {
        lease = grant.onLapse(() -> {
            lapsed = true;
            abort();
        });
        delivery = context.sender().send(flush.target(), notification(), flush.deadline(), this);
        if (flush.cancelled()) {
            delivery.stopRetrying();
        }
    }

    private Notification notification() {
        Target target = flush.target();
        GroupFlush group = flush.news().group();
        return new Notification(
                target.receiver(),
                target.name(),
                group.groupKey(),
                group.groupLabels(),
                group.routeLabels(),
                target.sendResolved() ? flush.news().alerts() : flush.news().firing(),
                group.at(),
                content.reason(),
                context.externalUrl(),
                content.sequence(),
                idempotencyKey,
                marked(),
                receiverData);
    }

    void stopRetrying() {
        if (delivery != null) {
            delivery.stopRetrying();
        }
    }

    void abort() {
        if (delivery != null) {
            delivery.abort();
        }
    }

    @Override
    public Span attempting(int attempt) {
        return flush.span().child("integration." + flush.target().integration()).attribute("attempt", attempt);
    }

    @Override
    public boolean maySend() {
        lapsed |= !grant.maySend();
        return !lapsed;
    }

    @Override
    public boolean hasSuccessor() {
        return grant.hasSuccessor();
    }

    @Override
    public void accepted(Outcome.Delivered outcome, boolean marked) {
        Span recording = flush.span().child("pipeline.record");
        context.log().record(entry(outcome.receiverData(), marked));
        recording.end();
    }

    @Override
    public void attempted(int attempt, Duration took, Outcome outcome) {
        journal.append(new NotificationEvent.Attempted(
                flush.destination(), content.sequence(), attempt, took, verdict(outcome), outcome.text()));
    }

    private static Verdict verdict(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> Verdict.ACCEPTED;
            case Outcome.Retryable error -> error.maybeAccepted() ? Verdict.UNKNOWN : Verdict.RETRYABLE;
            case Outcome.Permanent error -> Verdict.PERMANENT;
        };
    }

    @Override
    public void ended(Delivery.Result result) {
        switch (result) {
            case Delivery.Result.Accepted accepted -> {
                report(accepted.outcome(), accepted.attempts(), accepted.marked());
                release(Release.RECORDED);
                flush.end(null);
            }
            case Delivery.Result.GivenUp givenUp -> givenUp(givenUp);
        }
    }

    private void givenUp(Delivery.Result.GivenUp givenUp) {
        if (givenUp.maybeAccepted()) {
            context.log().abandon(content);
            release(Release.UNKNOWN);
        } else {
            context.log().withdraw(content);
            release(Release.NOT_SENT);
        }
        if (lapsed && givenUp.calledOff() && !flush.cancelled()) {
            journal.append(
                    new NotificationEvent.Refused(flush.destination(), content.sequence(), "the lease has lapsed"));
            context.sender().loop().execute(flush::decide);
            return;
        }
        String successor = givenUp.handOver() ? grant.handOver() : null;
        if (successor != null) {
            journal.append(new NotificationEvent.HandedOver(
                    flush.destination(), content.sequence(), successor, givenUp.error()));
            flush.end(givenUp.error());
            return;
        }
        context.sender().metrics().failed(flush.target(), givenUp.reason());
        journal.append(new NotificationEvent.Failed(
                flush.destination(),
                content.sequence(),
                givenUp.reason(),
                givenUp.error(),
                givenUp.attempts(),
                givenUp.maybeAccepted()));
        flush.end(givenUp.error());
    }

    /** The claim is released already; the log knows what to do with an entry that others were sent after. */
    @Override
    public void acceptedLate(Outcome.Delivered outcome, int attempts, boolean marked) {
        accepted(outcome, marked);
        report(outcome, attempts, marked);
    }

    private void report(Outcome.Delivered outcome, int attempts, boolean marked) {
        if (marked) {
            context.sender().metrics().repeated(flush.target());
            String why = marked() ? doubt : "an earlier attempt ended without an answer";
            journal.append(
                    new NotificationEvent.Repeated(flush.destination(), content.sequence(), idempotencyKey, why));
            log.atInfo()
                    .addKeyValue("component", "dispatcher")
                    .addKeyValue("integration", flush.target())
                    .addKeyValue("aggrGroup", content.key().groupKey())
                    .addKeyValue("reason", why)
                    .log("Notification may repeat an earlier one and says so");
        }
        journal.append(new NotificationEvent.Delivered(
                flush.destination(),
                content.sequence(),
                idempotencyKey,
                content.reason(),
                flush.news().firingFingerprints(),
                flush.news().resolvedFingerprints(),
                attempts,
                marked,
                outcome.answer()));
        measure();
        tellRecorder();
    }

    /** How long the receiver had to wait for the news: what it knew before is none. */
    private void measure() {
        Instant now = context.sender().clock().now();
        NotificationMetrics metrics = context.sender().metrics();
        metrics.delivered(flush.target(), now);
        GroupNews news = flush.news();
        for (Alert alert : news.firing()) {
            if (!before.listsFiring(AlertHash.of(alert.labels()))) {
                Instant received = news.group().receipts().apply(alert);
                metrics.told(flush.target(), alert.startsAt(), received, now);
            }
        }
    }

    private void tellRecorder() {
        if (!context.events().isRecording()) {
            return;
        }
        GroupNews news = flush.news();
        context.events()
                .record(new EventData.Notification(
                        news.alerts(),
                        boxed(news.firingHashes()),
                        boxed(news.resolvedHashes()),
                        news.muted().stream()
                                .map(muted -> AlertHash.of(muted.alert().labels()))
                                .toList(),
                        news.group().recorded(),
                        news.group().route().options().repeatInterval(),
                        content.reason(),
                        news.group().number(),
                        flush.target().integration(),
                        flush.target().index()));
    }

    private static List<Long> boxed(AlertHashes hashes) {
        return Arrays.stream(hashes.toArray()).boxed().toList();
    }

    private LogEntry entry(Map<String, ReceiverValue> data, boolean marked) {
        Instant now = context.sender().clock().now();
        return new LogEntry(
                content.key(),
                content.sequence(),
                content.version(),
                content.firing(),
                content.resolved(),
                data,
                now,
                flush.expiry(now),
                content.id().node(),
                marked);
    }

    private void release(Release how) {
        lease.cancel();
        grant.release(how);
    }
}
