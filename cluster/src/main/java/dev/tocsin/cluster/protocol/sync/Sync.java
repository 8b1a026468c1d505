package dev.tocsin.cluster.protocol.sync;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.SilencePush;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Courier;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.cluster.protocol.Part;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.cluster.protocol.Rule;
import dev.tocsin.cluster.protocol.Schedule;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogExchange;
import dev.tocsin.core.log.NotificationLog;
import dev.tocsin.core.replicate.Countdown;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.store.AlertExchange;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.silence.SilenceExchange;
import dev.tocsin.core.store.silence.SilenceStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stores of all nodes alike (PROTOCOL sections 2, 7 and 9): tells every change at once, compares states at every
 * new connection and every half minute, and lets a cold node catch up.
 *
 * <p>Used on the hub loop only.
 */
public final class Sync implements Part, Replication {
    /** How long the answer to a post waits for peers. */
    static final Duration ALERT_WAIT = Duration.ofMillis(100);

    /**
     * How long the answer to an edit of a silence waits for peers: longer than a silent peer counts as live, so whoever
     * does not have it when the answer goes out is not live either.
     */
    static final Duration SILENCE_WAIT = Duration.ofMillis(1500);

    /** A message brings no more entries of the log than this. */
    private static final int TOLD_AT_ONCE = 256;

    private static final Duration STEP = Duration.ofMillis(250);

    /** How many steps apart this node carries news between nodes that do not hear each other. */
    private static final int STEPS_PER_BRIDGE = 8;

    private static final Logger log = LoggerFactory.getLogger(Sync.class);

    private final ClusterContext context;
    private final Members members;
    private final AlertStore alerts;
    private final SilenceStore silences;
    private final NotificationLog entries;
    private final LogExchange logExchange;
    private final SyncOptions options;
    private final Channels channels;
    private final Pushes pushes;
    private final Exchanges exchanges;
    private final Joining joining;
    private final InferredEnds inferredEnds;
    private final Instant loadedAt;
    private boolean oldDisk;
    private final List<LogEntry> untold = new ArrayList<>();
    private int steps;
    private Set<String> live = Set.of();
    private Cancellable step = Cancellable.NONE;
    private Cancellable round = Cancellable.NONE;
    private Cancellable listening = Cancellable.NONE;
    private boolean gathering;

    /**
     * Joins the parts; nothing is told before {@link #start}.
     *
     * @param alerts loaded
     * @param silences loaded
     * @param entries as it was read
     * @param schedule when groups are due
     */
    public Sync(
            ClusterContext context,
            Members members,
            Courier courier,
            AlertStore alerts,
            SilenceStore silences,
            NotificationLog entries,
            Schedule schedule,
            SyncOptions options) {
        this.context = context;
        this.members = members;
        this.alerts = alerts;
        this.silences = silences;
        this.entries = entries;
        this.options = options;
        this.loadedAt = context.clock().now();
        this.logExchange = new LogExchange(entries, context.clock());
        this.channels = new Channels(
                new AlertExchange(alerts, context.clock()),
                new SilenceExchange(silences),
                logExchange,
                schedule,
                context.clock(),
                new PeerTimes(members::ahead, context.clock()));
        this.pushes = new Pushes(context, members, courier);
        this.exchanges = new Exchanges(context, members, courier, channels, pushes.metrics(), this::completed);
        Duration downtime = alerts.downtime();
        this.oldDisk = downtime != null;
        this.joining = new Joining(context, members, exchanges, this::aboutToCompare, downtime == null);
        this.inferredEnds = new InferredEnds(context, members, alerts);
    }

    /** Begins. The members must not be warm yet, and the stores must have begun their housekeeping. */
    public void start() {
        alerts.replicateThrough(this);
        silences.replicateThrough(this);
        listening = entries.listen(new NotificationLog.Listener() {
            @Override
            public void recorded(LogEntry entry) {
                tell(entry);
            }
        });
        members.listen(new Members.Listener() {
            @Override
            public void changed() {
                membersChanged();
            }

            @Override
            public void reconnected(String peer) {
                met(peer);
            }
        });
        step();
        round = context.loop().schedule(context.timings().exchange(), this::round);
    }

    /** Falls silent. */
    public void stop() {
        tellAll();
        step.cancel();
        round.cancel();
        listening.cancel();
        inferredEnds.stop();
    }

    /** Messages to a live peer were dropped, or it may lack something for another reason. */
    public void compare(String peer) {
        aboutToCompare(peer);
        exchanges.restart(peer);
    }

    private void membersChanged() {
        pushes.membersChanged();
        exchanges.expire();
        inferredEnds.membersChanged();
        joining.step();
        Set<String> now = Set.copyOf(members.live());
        List<String> back =
                now.stream().filter(peer -> !live.contains(peer)).sorted().toList();
        live = now;
        back.forEach(this::met);
    }

    /** Each may lack what the other has. An exchange goes both ways: one of the two begins, the cold one if one is cold. */
    private void met(String peer) {
        Members.Info info = members.info(peer);
        if (!members.warm()) {
            joining.step();
        } else if (info != null && info.warm() && members.self().compareTo(peer) < 0) {
            compare(peer);
        }
    }

    private void step() {
        step = context.loop().schedule(STEP, this::step);
        exchanges.expire();
        joining.step();
        inferredEnds.membersChanged();
        if (++steps % STEPS_PER_BRIDGE == 0 && context.has(Rule.BRIDGE)) {
            bridge();
        }
    }

    /** What a node tells does not reach those that it is cut off from: they learn it here long before their groups are due. */
    private void bridge() {
        for (String peer : List.copyOf(members.live())) {
            if (members.isCutOff(peer)) {
                exchanges.begin(peer);
            }
        }
    }

    private void round() {
        round = context.loop().schedule(context.timings().exchange(), this::round);
        List<String> peers = new ArrayList<>(members.live());
        peers.remove(members.self());
        peers.sort(null);
        if (!peers.isEmpty()) {
            exchanges.begin(peers.get(context.random().nextInt(peers.size())));
        }
    }

    private void completed(String peer, boolean peerWasWarm) {
        joining.completed(peer, peerWasWarm);
    }

    /** What is too old for a warm peer to know about does not count, and must not be told. */
    private void aboutToCompare(String peer) {
        Members.Info info = members.info(peer);
        Duration downtime = alerts.downtime();
        if (!oldDisk || members.warm() || info == null || !info.warm() || downtime == null) {
            return;
        }
        oldDisk = false;
        boolean oldAlerts = downtime.compareTo(options.alerts()) > 0;
        boolean oldSilences = downtime.compareTo(options.silences()) > 0;
        if (oldAlerts) {
            alerts.forgetLoaded();
        }
        if (oldSilences) {
            silences.forgetBefore(loadedAt);
        }
        if (oldAlerts || oldSilences) {
            log.atInfo()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("downtime", downtime.toSeconds() + "s")
                    .addKeyValue("silences", oldSilences)
                    .log("This node was away for too long: its peers' alerts count instead of its own");
        }
    }

    /**
     * Tells of it at once; of those that the tasks record that wait in the loop now, together when these have run: a busy
     * node sends few messages.
     */
    private void tell(LogEntry entry) {
        untold.add(entry);
        if (!gathering) {
            gathering = true;
            tellGathered();
        } else if (untold.size() == TOLD_AT_ONCE) {
            tellAll();
        }
    }

    private void tellGathered() {
        if (untold.isEmpty()) {
            gathering = false;
        } else {
            tellAll();
            context.loop().execute(this::tellGathered);
        }
    }

    private void tellAll() {
        if (untold.isEmpty()) {
            return;
        }
        Envelope.Builder message = Envelope.newBuilder().setLogPush(channels.message(logExchange.page(untold)));
        untold.clear();
        pushes.push("log", message, majorityOfOthers(), ALERT_WAIT, () -> {}, () -> {});
    }

    /** Half of the other nodes: with this one more than half of all. */
    private int majorityOfOthers() {
        return members.known().size() / 2;
    }

    @Override
    public void alerts(List<byte[]> records, int count, Runnable held) {
        Countdown all = new Countdown(records.size(), held);
        int share = count / records.size();
        for (int i = 0; i < records.size(); i++) {
            int alertsInIt = i == 0 ? count - share * (records.size() - 1) : share;
            AlertPush.Builder push = AlertPush.newBuilder()
                    .setAlerts(ByteString.copyFrom(records.get(i)))
                    .setSentAtWallMs(channels.wallMillis());
            pushes.push(
                    "alerts",
                    Envelope.newBuilder().setAlertPush(push),
                    majorityOfOthers(),
                    ALERT_WAIT,
                    all,
                    () -> pushes.metrics().unreplicated(alertsInIt));
        }
    }

    @Override
    public void silences(List<byte[]> records, Runnable held) {
        SilencePush.Builder push = SilencePush.newBuilder().setSentAtWallMs(channels.wallMillis());
        records.forEach(record -> push.addSilences(ByteString.copyFrom(record)));
        pushes.push(
                "silences",
                Envelope.newBuilder().setSilencePush(push),
                members.live().size() - 1,
                SILENCE_WAIT,
                held,
                () -> {});
    }

    @Override
    public void ask(BitSet buckets) {
        for (String peer : List.copyOf(members.live())) {
            if (!peer.equals(members.self())) {
                exchanges.ask(peer, buckets);
            }
        }
    }

    @Override
    public boolean take(String peer, Envelope message) {
        try {
            switch (message.getBodyCase()) {
                case ALERT_PUSH ->
                    channels.mergeAlerts(
                            peer,
                            message.getAlertPush().getAlerts(),
                            message.getAlertPush().getSentAtWallMs());
                case SILENCE_PUSH ->
                    channels.mergeSilences(
                            peer,
                            message.getSilencePush().getSilencesList(),
                            message.getSilencePush().getSentAtWallMs());
                case LOG_PUSH ->
                    channels.mergeLog(
                            message.getLogPush().getEntriesList(),
                            message.getLogPush().getMaybesList(),
                            message.getLogPush().getRefusedList());
                case DIGEST -> {
                    aboutToCompare(peer);
                    exchanges.take(peer, message.getDelivery(), message.getDigest());
                }
                case PULL -> exchanges.take(peer, message.getDelivery(), message.getPull());
                case PAGE -> exchanges.take(peer, message.getDelivery(), message.getPage());
                default -> {
                    return false;
                }
            }
        } catch (IOException e) {
            context.unreadable().note(peer, e);
        }
        return true;
    }
}
