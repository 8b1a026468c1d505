package dev.tocsin.core.pipeline;

import dev.tocsin.core.group.FlushResult;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.group.GroupFlusher;
import dev.tocsin.core.group.RunningFlush;
import dev.tocsin.core.group.Settled;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.KeyState;
import dev.tocsin.core.log.LogKey;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.mute.MutedFlush;
import dev.tocsin.core.mute.RouteIntervals;
import dev.tocsin.core.notify.Receivers;
import dev.tocsin.core.notify.Target;
import dev.tocsin.core.route.Route;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.trace.Span;
import dev.tocsin.core.trace.SpanLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of one configuration (contract section 5.3). A flush is muted as a whole; what is left goes to all
 * integrations of the receiver at once, each on its own: a slow one delays no other, no other group, and not the next flush
 * of its own group either. Its own news waits in its lane.
 *
 * <p>Used on the hub loop only. A pipeline whose configuration is replaced or whose hub stops is retired: requests that
 * are out may still be answered, for a request that is cut off might have been accepted and would be repeated.
 */
public final class Pipeline implements GroupFlusher {
    private final PipelineContext context;
    private final MuteStages muteStages;
    private final Function<Route, RouteIntervals> intervals;
    private final Receivers receivers;
    private final MuteReport muteReport;
    private final MuteEvents muteEvents;
    private final Set<IntegrationFlush> running = new HashSet<>();
    private final Lanes lanes = new Lanes();
    private boolean retired;
    private Runnable whenIdle = () -> {};

    /**
     * A pipeline without running flushes, for a configuration that is in force from now on: metrics that carry receivers'
     * names begin anew.
     *
     * @param intervals the time intervals of a route, names resolved
     * @param receivers closed when the pipeline is retired
     */
    public Pipeline(
            PipelineContext context,
            MuteStages muteStages,
            Function<Route, RouteIntervals> intervals,
            Receivers receivers) {
        this.context = context;
        this.muteStages = muteStages;
        this.intervals = intervals;
        this.receivers = receivers;
        this.muteReport = new MuteReport(context.sender().metrics(), context.journal(), new MuteEnds(intervals));
        this.muteEvents = new MuteEvents(muteStages, context.events());
        context.sender().metrics().configured(receivers);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A cancelled flush makes no further attempts. It answers when the attempts under way have ended.
     */
    @Override
    public RunningFlush flush(GroupFlush group, Consumer<FlushResult> done) {
        Span span = context.tracer()
                .root("dispatcher.flush", group.causes())
                .attribute("group_key", group.groupKey())
                .attribute("receiver", group.route().options().receiver())
                .attribute("alerts", group.alerts().size());
        Span muting = span.child("pipeline.mute");
        MutedFlush muted = mute(group);
        muting.attribute("muted", muted.muted().size()).end();
        muteReport.report(group, muted);
        muteEvents.record(muted);
        FlushProgress progress = new FlushProgress(group, muted, result -> {
            if (!result.ok()) {
                span.fail("not every integration was told");
            }
            span.end();
            done.accept(result);
        });
        List<Target> targets = receivers.targets(group.route().options().receiver());
        if (retired || muted.notified().isEmpty() || targets.isEmpty()) {
            progress.begin(0, !retired || muted.notified().isEmpty());
            return RunningFlush.ENDED;
        }
        progress.begin(targets.size(), true);
        GroupNews news = GroupNews.of(group, muted);
        List<IntegrationFlush> flushes = new ArrayList<>(targets.size());
        for (Target target : targets) {
            flushes.add(new IntegrationFlush(context, news, target, span, this::ended, progress));
        }
        running.addAll(flushes);
        flushes.forEach(lanes::enter);
        return new RunningFlush() {
            @Override
            public void dueAgain() {
                progress.dueAgain();
            }

            @Override
            public void cancel() {
                flushes.forEach(IntegrationFlush::cancel);
            }
        };
    }

    private MutedFlush mute(GroupFlush group) {
        return muteStages.flush(
                group.alerts(),
                intervals(group.route()),
                group.tick(),
                context.sender().clock().now());
    }

    /**
     * What a flush would do now: the same decisions as {@link #flush} makes, of which nothing is done. Any thread may call
     * it.
     */
    public FlushPreview preview(GroupFlush group) {
        MutedFlush muted = mute(group);
        GroupNews news = GroupNews.of(group, muted);
        Instant now = context.sender().clock().now();
        List<IntegrationDecision> decisions = new ArrayList<>();
        for (Target target : receivers.targets(group.route().options().receiver())) {
            LogKey key = IntegrationDecision.key(group.groupKey(), target);
            KeyState state =
                    context.log().states().getOrDefault(key, KeyState.EMPTY).at(now);
            decisions.add(IntegrationDecision.of(news, target, state));
        }
        return new FlushPreview(muted, decisions);
    }

    /** What mutes alerts on their way through this pipeline. Any thread may ask it. */
    public MuteStages muteStages() {
        return muteStages;
    }

    /** The time intervals of a route of this pipeline's configuration. Any thread. */
    public RouteIntervals intervals(Route route) {
        return intervals.apply(route);
    }

    @Override
    public boolean mayBeKnownToFire(Route route, String groupKey, LabelSet labels) {
        long hash = AlertHash.of(labels);
        Instant now = context.sender().clock().now();
        for (Target target : receivers.targets(route.options().receiver())) {
            KeyState state = context.log().states().get(IntegrationDecision.key(groupKey, target));
            if (state != null && state.at(now).listsFiring(hash)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Settled settled(GroupFlush group) {
        return KnownNews.of(
                context,
                muteStages,
                intervals(group.route()),
                lanes,
                () -> retired,
                group,
                receivers.targets(group.route().options().receiver()));
    }

    @Override
    public @Nullable SpanLink cause() {
        return context.tracer().current().link();
    }

    private void ended(IntegrationFlush flush) {
        running.remove(flush);
        lanes.leave(flush);
        if (running.isEmpty()) {
            whenIdle.run();
        }
    }

    /**
     * Takes no more flushes and stops retrying in those that run, waits for the attempts under way and closes the
     * receivers.
     *
     * @param patience how long attempts under way may take before they are cut off
     * @param done runs once, on the hub loop, when everything has ended; not if this method is called again before, as with
     *     less patience
     */
    public void retire(Duration patience, Runnable done) {
        retired = true;
        Cancellable cutOff = context.sender()
                .loop()
                .schedule(patience, () -> List.copyOf(running).forEach(IntegrationFlush::abort));
        whenIdle = () -> {
            whenIdle = () -> {};
            cutOff.cancel();
            close(done);
        };
        List.copyOf(running).forEach(IntegrationFlush::cancel);
        if (running.isEmpty()) {
            whenIdle.run();
        }
    }

    private void close(Runnable done) {
        context.sender()
                .workers()
                .submit(
                        () -> {
                            receivers.close();
                            return true;
                        },
                        (closed, failed) -> done.run());
    }
}
