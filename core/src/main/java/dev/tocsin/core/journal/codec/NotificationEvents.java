package dev.tocsin.core.journal.codec;

import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.journal.proto.Attempted;
import dev.tocsin.core.journal.proto.ClaimStopped;
import dev.tocsin.core.journal.proto.Claimed;
import dev.tocsin.core.journal.proto.Deduplicated;
import dev.tocsin.core.journal.proto.Delivered;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Failed;
import dev.tocsin.core.journal.proto.HandedOver;
import dev.tocsin.core.journal.proto.Learned;
import dev.tocsin.core.journal.proto.Repeated;
import dev.tocsin.core.journal.proto.Skipped;
import dev.tocsin.core.journal.proto.Unsure;
import dev.tocsin.core.notify.FailureReason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Events of notifications as messages, and back. */
final class NotificationEvents {
    private NotificationEvents() {}

    static void write(NotificationEvent event, Event.Builder into) {
        switch (event) {
            case NotificationEvent.Deduplicated deduplicated -> into.setDeduplicated(message(deduplicated));
            case NotificationEvent.Claimed claimed ->
                into.setClaimed(Claimed.newBuilder()
                        .setTo(Fields.to(claimed))
                        .setSequence(claimed.sequence())
                        .setCause(claimed.cause().text())
                        .setMarked(claimed.marked())
                        .setMark(claimed.mark()));
            case NotificationEvent.Refused refused ->
                into.setClaimRefused(stopped(refused, refused.sequence(), refused.why()));
            case NotificationEvent.Held held -> into.setClaimHeld(stopped(held, held.sequence(), held.why()));
            case NotificationEvent.HandedOver handed ->
                into.setHandedOver(HandedOver.newBuilder()
                        .setTo(Fields.to(handed))
                        .setSequence(handed.sequence())
                        .setMember(handed.member())
                        .setError(handed.error()));
            case NotificationEvent.Attempted attempted ->
                into.setAttempted(Attempted.newBuilder()
                        .setTo(Fields.to(attempted))
                        .setSequence(attempted.sequence())
                        .setAttempt(attempted.attempt())
                        .setTookNs(attempted.took().toNanos())
                        .setVerdict(attempted.verdict().number())
                        .setResult(attempted.result()));
            case NotificationEvent.Delivered delivered -> into.setDelivered(message(delivered));
            case NotificationEvent.Failed failed ->
                into.setFailed(Failed.newBuilder()
                        .setTo(Fields.to(failed))
                        .setSequence(failed.sequence())
                        .setFailure(failed.failure().label())
                        .setError(failed.error())
                        .setAttempts(failed.attempts())
                        .setMaybeAccepted(failed.maybeAccepted()));
            case NotificationEvent.Repeated repeated ->
                into.setRepeated(Repeated.newBuilder()
                        .setTo(Fields.to(repeated))
                        .setSequence(repeated.sequence())
                        .setIdempotencyKey(repeated.idempotencyKey())
                        .setWhy(repeated.why()));
            case NotificationEvent.Skipped skipped ->
                into.setSkipped(Skipped.newBuilder().setTo(Fields.to(skipped)).setWhy(skipped.why()));
            case NotificationEvent.Learned learned -> into.setLearned(message(learned));
            case NotificationEvent.Unsure unsure ->
                into.setUnsure(Unsure.newBuilder()
                        .setTo(Fields.to(unsure))
                        .setSequence(unsure.sequence())
                        .setNode(unsure.node())
                        .setSince(Fields.time(unsure.since())));
        }
    }

    private static Deduplicated message(NotificationEvent.Deduplicated event) {
        Deduplicated.Builder message =
                Deduplicated.newBuilder().setTo(Fields.to(event)).setWhy(event.why());
        NotificationEvent.@Nullable Told last = event.last();
        if (last != null) {
            message.setToldAt(Fields.time(last.at())).setToldBy(last.node()).setToldSequence(last.sequence());
        }
        return message.build();
    }

    private static ClaimStopped stopped(NotificationEvent event, long sequence, String why) {
        return ClaimStopped.newBuilder()
                .setTo(Fields.to(event))
                .setSequence(sequence)
                .setWhy(why)
                .build();
    }

    private static Delivered message(NotificationEvent.Delivered event) {
        Delivered.Builder message = Delivered.newBuilder()
                .setTo(Fields.to(event))
                .setSequence(event.sequence())
                .setIdempotencyKey(event.idempotencyKey())
                .setCause(event.cause().text())
                .setAttempts(event.attempts())
                .setMarked(event.marked())
                .setAnswer(event.answer());
        Fields.each(event.firing(), message::addFiring);
        Fields.each(event.resolved(), message::addResolved);
        return message.build();
    }

    private static Learned message(NotificationEvent.Learned event) {
        Learned.Builder message = Learned.newBuilder()
                .setTo(Fields.to(event))
                .setSequence(event.sequence())
                .setIdempotencyKey(event.idempotencyKey())
                .setNode(event.node())
                .setAt(Fields.time(event.at()))
                .setMarked(event.marked());
        for (long hash : event.firing().toArray()) {
            message.addFiring(hash);
        }
        for (long hash : event.resolved().toArray()) {
            message.addResolved(hash);
        }
        return message.build();
    }

    static NotificationEvent read(Deduplicated message) {
        return new NotificationEvent.Deduplicated(
                Fields.to(message.getTo()),
                message.getWhy(),
                message.hasToldAt()
                        ? new NotificationEvent.Told(
                                message.getToldBy(), Fields.time(message.getToldAt()), message.getToldSequence())
                        : null);
    }

    static NotificationEvent read(Claimed message) throws IOException {
        return new NotificationEvent.Claimed(
                Fields.to(message.getTo()),
                message.getSequence(),
                Fields.cause(message.getCause()),
                message.getMarked(),
                message.getMark());
    }

    static NotificationEvent refused(ClaimStopped message) {
        return new NotificationEvent.Refused(Fields.to(message.getTo()), message.getSequence(), message.getWhy());
    }

    static NotificationEvent held(ClaimStopped message) {
        return new NotificationEvent.Held(Fields.to(message.getTo()), message.getSequence(), message.getWhy());
    }

    static NotificationEvent read(HandedOver message) {
        return new NotificationEvent.HandedOver(
                Fields.to(message.getTo()), message.getSequence(), message.getMember(), message.getError());
    }

    static NotificationEvent read(Attempted message) throws IOException {
        return new NotificationEvent.Attempted(
                Fields.to(message.getTo()),
                message.getSequence(),
                message.getAttempt(),
                Duration.ofNanos(message.getTookNs()),
                verdict(message.getVerdict()),
                message.getResult());
    }

    private static Verdict verdict(int number) throws IOException {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.number() == number) {
                return verdict;
            }
        }
        throw new IOException("unknown verdict " + number);
    }

    static NotificationEvent read(Delivered message) throws IOException {
        return new NotificationEvent.Delivered(
                Fields.to(message.getTo()),
                message.getSequence(),
                message.getIdempotencyKey(),
                Fields.cause(message.getCause()),
                Fields.fingerprints(message.getFiringList()),
                Fields.fingerprints(message.getResolvedList()),
                message.getAttempts(),
                message.getMarked(),
                message.getAnswer());
    }

    static NotificationEvent read(Failed message) {
        FailureReason known = FailureReason.OTHER;
        for (FailureReason reason : FailureReason.values()) {
            if (reason.label().equals(message.getFailure())) {
                known = reason;
            }
        }
        return new NotificationEvent.Failed(
                Fields.to(message.getTo()),
                message.getSequence(),
                known,
                message.getError(),
                message.getAttempts(),
                message.getMaybeAccepted());
    }

    static NotificationEvent read(Repeated message) {
        return new NotificationEvent.Repeated(
                Fields.to(message.getTo()), message.getSequence(), message.getIdempotencyKey(), message.getWhy());
    }

    static NotificationEvent read(Skipped message) {
        return new NotificationEvent.Skipped(Fields.to(message.getTo()), message.getWhy());
    }

    static NotificationEvent read(Learned message) {
        return new NotificationEvent.Learned(
                Fields.to(message.getTo()),
                message.getSequence(),
                message.getIdempotencyKey(),
                message.getNode(),
                Fields.time(message.getAt()),
                Fields.hashes(message.getFiringList()),
                Fields.hashes(message.getResolvedList()),
                message.getMarked());
    }

    static NotificationEvent read(Unsure message) {
        return new NotificationEvent.Unsure(
                Fields.to(message.getTo()), message.getSequence(), message.getNode(), Fields.time(message.getSince()));
    }
}
