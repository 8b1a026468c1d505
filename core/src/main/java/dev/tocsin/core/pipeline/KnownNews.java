package dev.tocsin.core.pipeline;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.group.Settled;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.ClaimContent;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogEntry;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.MutedFlush;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A group of which all integrations know all alerts. What it compares with is the log's state of each integration as it was:
 * a state is never changed but replaced, so the same object tells the same. Used on the hub loop only.
 */
final class KnownNews implements Settled {
    /** What one integration knows. */
    private record Told(
            LogKey key, KeyState state, @Nullable Instant repeatAfter, NotificationEvent.Deduplicated event) {
        /** When time alone may make another state of this one: milliseconds since the epoch. */
        long holdsUntilMillis() {
            Instant first = state.floor() == 0 ? Instant.ofEpochMilli(Long.MAX_VALUE) : state.floorUntil();
            for (LogEntry head : state.heads()) {
                first = head.expiresAt().isBefore(first) ? head.expiresAt() : first;
            }
            for (ClaimContent maybe : state.maybes()) {
                first = maybe.expiresAt().isBefore(first) ? maybe.expiresAt() : first;
            }
            ClaimContent refused = state.refused();
            if (refused != null && refused.expiresAt().isBefore(first)) {
                first = refused.expiresAt();
            }
            return first.toEpochMilli();
        }
    }

    private final PipelineContext context;
    private final MuteStages muteStages;
    private final RouteIntervals intervals;
    private final Lanes lanes;
    private final BooleanSupplier retired;
    private final List<LabelSet> alerts;
    private final List<Told> integrations;
    /** The log's numbers of the integrations, added up, when it was compared last. */
    private int changes;

    private final int[] keyHashes;
    private long holdsUntilMillis = Long.MAX_VALUE;
    private long repeatAfterMillis = Long.MAX_VALUE;

    private KnownNews(
            PipelineContext context,
            MuteStages muteStages,
            RouteIntervals intervals,
            Lanes lanes,
            BooleanSupplier retired,
            List<LabelSet> alerts,
            List<Told> integrations) {
        this.context = context;
        this.muteStages = muteStages;
        this.intervals = intervals;
        this.lanes = lanes;
        this.retired = retired;
        this.alerts = alerts;
        this.integrations = List.copyOf(integrations);
        this.keyHashes =
                integrations.stream().mapToInt(told -> told.key.hashCode()).toArray();
        for (Told told : integrations) {
            holdsUntilMillis = Math.min(holdsUntilMillis, told.holdsUntilMillis());
            if (told.repeatAfter != null) {
                repeatAfterMillis = Math.min(repeatAfterMillis, told.repeatAfter.toEpochMilli());
            }
        }
        this.changes = changes();
    }

    private int changes() {
        int sum = 0;
        for (int hash : keyHashes) {
            sum += context.log().changes(hash);
        }
        return sum;
    }

    /**
     * What is to be known of {@code group} by {@code targets}; null if one of them has to hear of it.
     *
     * @param group all its alerts fire
     * @param lanes where flushes of these integrations may wait
     * @param retired whether the pipeline takes no more flushes
     */
    static @Nullable KnownNews of(
            PipelineContext context,
            MuteStages muteStages,
            RouteIntervals intervals,
            Lanes lanes,
            BooleanSupplier retired,
            GroupFlush group,
            List<Target> targets) {
        GroupNews news = GroupNews.of(group, new MutedFlush(group.alerts(), List.of(), List.of()));
        List<Told> integrations = new ArrayList<>(targets.size());
        for (Target target : targets) {
            LogKey key = IntegrationDecision.key(group.groupKey(), target);
            KeyState state = context.log().known(key);
            DedupVerdict verdict = IntegrationDecision.verdict(news, target, state);
            if (!(verdict instanceof DedupVerdict.Quiet quiet)) {
                return null;
            }
            // the log's own key is found faster than one that is only equal to it
            integrations.add(new Told(
                    state.heads().isEmpty() ? key : state.heads().getFirst().key(),
                    state,
                    quiet.repeatAfter(),
                    IntegrationFlush.deduplicated(context, key, target, quiet, state)));
        }
        List<LabelSet> alerts = group.alerts().stream().map(Alert::labels).toList();
        return new KnownNews(context, muteStages, intervals, lanes, retired, alerts, integrations);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // see above
    public boolean isKnown(Instant tick) {
        if (retired.getAsBoolean()) {
            return false;
        }
        int now = changes();
        if (now == changes
                && tick.toEpochMilli() < repeatAfterMillis
                && context.sender().clock().now().toEpochMilli() < holdsUntilMillis) {
            return true;
        }
        for (Told told : integrations) {
            boolean same = context.log().known(told.key) == told.state;
            if (!same || (told.repeatAfter != null && told.repeatAfter.isBefore(tick))) {
                return false;
            }
        }
        changes = now;
        return true;
    }

    @Override
    public boolean isQuiet(Instant tick) {
        Instant now = context.sender().clock().now();
        if (context.tracer().isTracing() || !isKnown(now.isBefore(tick) ? now : tick)) {
            return false;
        }
        for (Told told : integrations) {
            if (lanes.isTaken(told.key)) {
                return false;
            }
        }
        return muteStages.leavesAll(alerts, intervals, tick, now);
    }

    @Override
    public void record() {
        for (Told told : integrations) {
            context.log().query(told.key); // counts
            context.journal().append(told.event);
        }
    }
}
