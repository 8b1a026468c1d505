package dev.tocsin.core.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Leaves groups to other nodes or not, as it is told, and keeps what it hears. */
final class ScriptedTurns implements Turns {
    private final List<AggregationGroup> asked = new ArrayList<>();
    private final List<GroupTurn> turns = new ArrayList<>();
    private final List<AggregationGroup> left = new ArrayList<>();
    private boolean ours;
    private Duration longestUnsaid = Duration.ofDays(1);

    void ours(boolean all) {
        ours = all;
    }

    /** The groups that became due, each time anew. */
    List<AggregationGroup> asked() {
        return asked;
    }

    /** What came of this node's flushes. */
    List<GroupTurn> turns() {
        return turns;
    }

    @Override
    public void began(Dispatcher dispatcher) {}

    @Override
    public void stopped(Dispatcher dispatcher) {}

    @Override
    public boolean isOurs(AggregationGroup group) {
        asked.add(group);
        return ours;
    }

    /** The groups that became due for another node to tell, each time anew. */
    List<AggregationGroup> left() {
        return left;
    }

    /** How long it may be kept back that nothing is to be told. */
    void longestUnsaid(Duration duration) {
        longestUnsaid = duration;
    }

    @Override
    public void leave(AggregationGroup group) {
        left.add(group);
    }

    @Override
    public boolean isInformed() {
        return true;
    }

    @Override
    public boolean isSaid(AggregationGroup group, long unsaidNanos) {
        return unsaidNanos >= longestUnsaid.toNanos();
    }

    @Override
    public void ended(AggregationGroup group, GroupTurn turn) {
        turns.add(turn);
    }

    @Override
    public boolean areShared() {
        return true;
    }
}
