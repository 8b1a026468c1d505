package dev.tocsin.cluster.protocol.claim;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.Aged;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.LogPush;
import dev.tocsin.cluster.protocol.MemberNode;
import dev.tocsin.cluster.protocol.MemoryNetwork;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.core.claim.ClaimAnswer;
import dev.tocsin.core.claim.ClaimRequest;
import dev.tocsin.core.claim.Grant;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.ClaimId;
import dev.tocsin.core.log.Entries;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogCodec;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.log.LogMetrics;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node for tests of claims: members, courier, log and claims, and a flush that is as simple as it can be. */
final class ClaimNode extends MemberNode {
    final NotificationLog log;
    final ClusterClaims claims;
    /** What the flushes of this node met, oldest first. */
    final List<String> story = new ArrayList<>();

    private final List<String> sink;
    private final LogCodec codec;
    private long counter;
    private boolean stopped;

    /** @param sink where a line is added for each notification that the receiver accepts */
    ClaimNode(
            VirtualTime time,
            MemoryNetwork network,
            String name,
            int incarnation,
            MemoryStorage storage,
            Set<Rule> suspended,
            Tie tie,
            List<String> sink) {
        super(time, network, name, name.charAt(0), incarnation, storage, suspended);
        this.sink = sink;
        this.counter = incarnation * 1000L;
        this.codec = new LogCodec(time);
        try {
            this.log = new NotificationLog(storage, time, new LogMetrics(new Metrics(new MetricRegistry())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.claims = new ClusterClaims(context, members, courier, log, tie);
        log.listen(new NotificationLog.Listener() {
            @Override
            public void recorded(LogEntry entry) {
                LogCodec.Aged aged = codec.encode(entry);
                courier.deliverToAll(Envelope.newBuilder()
                        .setLogPush(LogPush.newBuilder()
                                .addEntries(Aged.newBuilder()
                                        .setContent(ByteString.copyFrom(aged.content()))
                                        .setAgeMs(aged.ageMillis())
                                        .setRemainingMs(aged.remainingMillis()))));
            }
        });
        add(claims);
        add((peer, message) -> {
            if (!message.hasLogPush()) {
                return false;
            }
            for (Aged aged : message.getLogPush().getEntriesList()) {
                try {
                    log.merge(
                            List.of(codec.entry(new LogCodec.Aged(
                                    aged.getContent().toByteArray(), aged.getAgeMs(), aged.getRemainingMs()))),
                            List.of());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        });
    }

    @Override
    public void kill(MemoryNetwork network) {
        stopped = true;
        claims.stop();
        super.kill(network);
    }

    /** What the log knows of the key. */
    KeyState state() {
        return log.query(Entries.KEY);
    }

    /** Tells the receiver that these alerts fire, if it does not know; the receiver takes this long to accept. */
    Flush tell(String firing, Duration takes) {
        return tell(Entries.KEY, firing, takes);
    }

    /** The same for another key. */
    Flush tell(LogKey key, String firing, Duration takes) {
        Flush flush = new Flush(key, firing, takes, time.now());
        flush.decide();
        return flush;
    }

    /** One flush of one integration. */
    final class Flush {
        private final LogKey key;
        private final String firing;
        private final Duration takes;
        private final Instant tick;
        private Cancellable asking = Cancellable.NONE;
        private Cancellable request = Cancellable.NONE;

        @Nullable Grant grant;

        boolean ended;

        Flush(LogKey key, String firing, Duration takes, Instant tick) {
            this.key = key;
            this.firing = firing;
            this.takes = takes;
            this.tick = tick;
        }

        private void decide() {
            if (stopped || ended) {
                return;
            }
            KeyState state = log.query(key);
            boolean told = state.heads().stream().anyMatch(head -> head.firing().containsAll(Entries.hashes(firing)));
            if (told) {
                end("quiet");
                return;
            }
            ClaimId id = new ClaimId(context.replica(), context.incarnation(), ++counter);
            ClaimContent content = new ClaimContent(
                    id,
                    key,
                    state.nextSequence(Entries.hashes(firing), Entries.hashes(""), time.now()),
                    state.known().with(id.node(), id.counter()),
                    Entries.hashes(firing),
                    Entries.hashes(""),
                    NotificationReason.FIRST_NOTIFICATION,
                    state.uncertain(),
                    time.now(),
                    time.now().plus(Duration.ofHours(1)));
            asking = claims.claim(new ClaimRequest(content, tick, "{}"), answer -> answered(content, answer));
        }

        private void answered(ClaimContent content, ClaimAnswer answer) {
            switch (answer) {
                case ClaimAnswer.Held held -> story.add("held: " + held.reason());
                case ClaimAnswer.Denied denied -> {
                    story.add("denied: " + denied.reason());
                    time.execute(this::decide);
                }
                case ClaimAnswer.Granted granted -> granted(content, granted.grant());
            }
        }

        private void granted(ClaimContent content, Grant given) {
            grant = given;
            story.add("granted" + (given.doubt().isEmpty() ? "" : ": " + given.doubt()));
            log.intend(content, () -> {});
            if (!given.maySend()) {
                throw new IllegalStateException("a fresh grant must allow to send");
            }
            Cancellable lease = given.onLapse(() -> {
                story.add("lapsed");
                request.cancel();
                log.abandon(content);
                given.release(Grant.Release.UNKNOWN);
                time.execute(this::decide);
            });
            boolean marked = content.marked() || !given.doubt().isEmpty();
            request = time.schedule(takes, () -> {
                sink.add(context.node() + " " + content.sequence() % 4096 + (marked ? " marked" : ""));
                if (stopped) {
                    return;
                }
                log.record(new LogEntry(
                        key,
                        content.sequence(),
                        content.version(),
                        content.firing(),
                        content.resolved(),
                        Map.of(),
                        time.now(),
                        time.now().plus(Duration.ofHours(1)),
                        content.id().node(),
                        marked));
                lease.cancel();
                given.release(Grant.Release.RECORDED);
                end("told");
            });
        }

        /** Whether its process still runs. */
        boolean alive() {
            return !stopped;
        }

        /** Gives up as a flush does that runs out of time or is cancelled. */
        void giveUp(Grant.Release how) {
            asking.cancel();
            request.cancel();
            if (grant != null) {
                grant.release(how);
            }
            end("given up");
        }

        private void end(String how) {
            ended = true;
            story.add(how);
        }
    }
}
