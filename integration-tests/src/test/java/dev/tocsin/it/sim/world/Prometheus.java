package dev.tocsin.it.sim.world;

import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several Prometheus servers with the same rules: sees the truth at its own evaluations, by its own clock, and
 * sends what fires again and again.
 */
final class Prometheus {
    private static final long SECOND = 1_000_000_000;
    private static final long RESOLVED_KEPT = 900 * SECOND;
    private static final int ATTEMPTS = 3;

    private static final class Rule {
        boolean firing;
        long since;
        long began;
        long sentAt = Long.MIN_VALUE;
        boolean known;
    }

    private final World world;
    private final Dice dice;
    private final String name;
    private final AlertSource source;
    private final long wallOffset;
    private final long interval;
    private final long resend;
    private final boolean toAll;
    private final List<Rule> rules = new ArrayList<>();

    /**
     * A server that has not evaluated yet.
     *
     * @param wallOffset nanoseconds by which its clock is ahead
     * @param interval nanoseconds between evaluations
     * @param resend nanoseconds after which it sends again what fires
     * @param toAll whether it sends to every node itself, as it should, or to a balancer that takes any node
     */
    Prometheus(World world, Dice dice, int index, long wallOffset, long interval, long resend, boolean toAll) {
        this.world = world;
        this.dice = dice;
        this.name = "p" + (index + 1);
        this.source = new AlertSource("198.51.100." + (index + 1), "Prometheus/3.5.0");
        this.wallOffset = wallOffset;
        this.interval = interval;
        this.resend = resend;
        this.toAll = toAll;
        for (int i = 0; i < world.truth().alerts(); i++) {
            rules.add(new Rule());
        }
    }

    void start() {
        world.time().in(dice.millis(0, interval / 1e6), this::evaluate);
    }

    private void evaluate() {
        world.time().in(interval, this::evaluate);
        long now = world.time().now();
        long firing = 0;
        long resolved = 0;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            boolean changed = rule.firing != world.truth().fires(i);
            if (changed) {
                rule.firing = !rule.firing;
                rule.since = now;
                rule.began = rule.firing ? now : rule.known ? rule.began : now - interval;
                rule.known = true;
            }
            boolean due = rule.firing || now - rule.since < RESOLVED_KEPT;
            if (rule.known && due && (changed || now - rule.sentAt >= resend)) {
                rule.sentAt = now;
                firing |= rule.firing ? 1L << i : 0;
                resolved |= rule.firing ? 0 : 1L << i;
            }
        }
        if ((firing | resolved) != 0) {
            send(firing, resolved);
        }
    }

    private void send(long firing, long resolved) {
        List<PostedAlert> batch = batch(firing | resolved);
        if (toAll) {
            for (int node = 0; node < world.nodes(); node++) {
                world.post(name, source, node, firing, resolved, batch, () -> {});
            }
        } else {
            sendToOne(firing, resolved, batch, ATTEMPTS);
        }
    }

    private void sendToOne(long firing, long resolved, List<PostedAlert> batch, int attempts) {
        int node = dice.below(world.nodes());
        world.post(name, source, node, firing, resolved, batch, () -> {
            if (attempts > 1) {
                sendToOne(firing, resolved, batch, attempts - 1);
            }
        });
    }

    private List<PostedAlert> batch(long which) {
        List<PostedAlert> batch = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if ((which >>> i & 1) == 1) {
                Rule rule = rules.get(i);
                long end = rule.firing ? world.time().now() + 4 * resend : rule.since;
                batch.add(new PostedAlert(
                        world.truth().labels(i),
                        LabelSet.EMPTY,
                        wall(rule.began).atOffset(ZoneOffset.UTC),
                        wall(end).atOffset(ZoneOffset.UTC),
                        "http://" + name + ":9090/graph"));
            }
        }
        return batch;
    }

    private Instant wall(long at) {
        return Machine.START.plusNanos(at + wallOffset);
    }
}
