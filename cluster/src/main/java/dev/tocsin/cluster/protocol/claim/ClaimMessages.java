package dev.tocsin.cluster.protocol.claim;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tocsin.cluster.proto.Aged;
import dev.tocsin.cluster.proto.Claim;
import dev.tocsin.cluster.proto.ClaimAnswer;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Release;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.LogCodec;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Claims and what is said about them as messages, and back. Used on the hub loop only. */
final class ClaimMessages {
    private final LogCodec codec;

    ClaimMessages(Clock clock) {
        this.codec = new LogCodec(clock);
    }

    Envelope.Builder claim(
            ClaimContent content, List<ClaimId> maybes, int round, Granter.Phase phase, Duration tickAge) {
        return Envelope.newBuilder()
                .setClaim(Claim.newBuilder()
                        .addAllMaybes(maybes.stream().map(ClaimMessages::write).toList())
                        .setContent(aged(codec.encode(content)))
                        .setRound(round)
                        .setPhase(
                                switch (phase) {
                                    case ASKING -> Claim.Phase.ASKING;
                                    case HOLDING -> Claim.Phase.HOLDING;
                                    case SENDING -> Claim.Phase.RENEWING;
                                })
                        .setTickAgeMs(tickAge.toMillis()));
    }

    Envelope.Builder release(ClaimContent content, Release.Outcome outcome) {
        return Envelope.newBuilder()
                .setRelease(Release.newBuilder()
                        .setId(write(content.id()))
                        .setOutcome(outcome)
                        .setContent(aged(codec.encode(content))));
    }

    Envelope.Builder answer(ClaimId id, int round, Granter.Decision decision, Duration leaseLeft) {
        ClaimAnswer.Builder answer = ClaimAnswer.newBuilder().setId(write(id)).setRound(round);
        switch (decision) {
            case Granter.Decision.Grant grant -> answer.setGrant(ClaimAnswer.Grant.getDefaultInstance());
            case Granter.Decision.Abstain abstain ->
                answer.setAbstain(ClaimAnswer.Abstain.newBuilder().setReason(abstain.reason()));
            case Granter.Decision.News news -> {
                ClaimAnswer.Deny.Builder deny = ClaimAnswer.Deny.newBuilder();
                news.heads().forEach(head -> deny.addHeads(aged(codec.encode(head))));
                news.maybes().forEach(maybe -> deny.addMaybes(aged(codec.encode(maybe))));
                answer.setDeny(deny);
            }
            case Granter.Decision.Taken taken ->
                answer.setDeny(ClaimAnswer.Deny.newBuilder()
                        .setHolder(write(taken.holder()))
                        .setLeaseLeftMs(leaseLeft.toMillis()));
        }
        return Envelope.newBuilder().setClaimAnswer(answer);
    }

    /** @throws IOException if it is no claim */
    ClaimContent content(Aged aged) throws IOException {
        return codec.claim(read(aged));
    }

    /** @throws IOException if one is no claim */
    List<ClaimContent> contents(List<Aged> all) throws IOException {
        List<ClaimContent> contents = new ArrayList<>(all.size());
        for (Aged aged : all) {
            contents.add(codec.claim(read(aged)));
        }
        return contents;
    }

    /** @throws IOException if one is no entry */
    List<LogEntry> entries(List<Aged> all) throws IOException {
        List<LogEntry> entries = new ArrayList<>(all.size());
        for (Aged aged : all) {
            entries.add(codec.entry(read(aged)));
        }
        return entries;
    }

    private static Aged aged(LogCodec.Aged aged) {
        ByteString content = UnsafeByteOperations.unsafeWrap(aged.content());
        return Aged.newBuilder()
                .setContent(content)
                .setAgeMs(aged.ageMillis())
                .setRemainingMs(aged.remainingMillis())
                .build();
    }

    private static LogCodec.Aged read(Aged aged) {
        return new LogCodec.Aged(aged.getContent().toByteArray(), aged.getAgeMs(), aged.getRemainingMs());
    }

    static dev.tocsin.cluster.proto.ClaimId write(ClaimId id) {
        return dev.tocsin.cluster.proto.ClaimId.newBuilder()
                .setReplica(id.node())
                .setIncarnation(id.incarnation())
                .setCounter(id.counter())
                .build();
    }

    static ClaimId read(dev.tocsin.cluster.proto.ClaimId id) {
        return new ClaimId(id.getReplica(), id.getIncarnation(), id.getCounter());
    }
}
