package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.runtime.Cancellable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups that are due and that another node should tell, the one that waits longest first. Written on the hub loop
 * only; any thread may read the number. Bounded by the groups.
 */
final class DueNotes {
    /** How often notes are looked at while there are any. */
    private static final Duration ROUND = Duration.ofMillis(250);

    private final ClusterContext context;
    private final Runnable look;
    private final Map<GroupId, DueNote> notes = new LinkedHashMap<>();
    private volatile int size;
    private Cancellable timer = Cancellable.NONE;
    private boolean ticking;

    /** @param look runs each round while there are notes */
    DueNotes(ClusterContext context, Runnable look) {
        this.context = context;
        this.look = look;
    }

    void add(AggregationGroup group) {
        DueNote note = new DueNote(group);
        begin(note, group.graceNanos());
        notes.remove(group.id());
        notes.put(group.id(), note);
        size = notes.size();
        tickLater();
    }

    private void begin(DueNote note, long graceNanos) {
        Timings timings = context.timings();
        note.begin(
                context.clock().nanoTime(),
                graceNanos,
                timings.nudge().toNanos(),
                timings.escalate().toNanos());
    }

    @Nullable DueNote find(GroupId id) {
        return notes.get(id);
    }

    void remove(AggregationGroup group) {
        notes.remove(group.id());
        size = notes.size();
    }

    void clear() {
        notes.clear();
        size = 0;
    }

    /** Makes all notes young again: what made them old was this node's own fault. */
    void renew() {
        notes.values().forEach(note -> begin(note, 0));
    }

    /** All notes, the oldest first; a copy. */
    List<DueNote> all() {
        return List.copyOf(notes.values());
    }

    boolean isEmpty() {
        return notes.isEmpty();
    }

    int size() {
        return size;
    }

    private void tickLater() {
        if (!ticking && !notes.isEmpty()) {
            ticking = true;
            timer = context.loop().schedule(ROUND, this::tick);
        }
    }

    private void tick() {
        ticking = false;
        look.run();
        tickLater();
    }

    void stop() {
        clear();
        timer.cancel();
        ticking = false;
    }
}
