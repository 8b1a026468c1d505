package dev.tocsin.core.group;

import java.util.ArrayList;
import java.util.List;

/** Leaves groups to other nodes or not, as it is told, and keeps what it hears. */
final class ScriptedTurns implements Turns {
    private final List<AggregationGroup> asked = new ArrayList<>();
    private final List<GroupTurn> turns = new ArrayList<>();
    private boolean ours;

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

    @Override
    public void ended(AggregationGroup group, GroupTurn turn) {
        turns.add(turn);
    }

    @Override
    public boolean areShared() {
        return true;
    }
}
