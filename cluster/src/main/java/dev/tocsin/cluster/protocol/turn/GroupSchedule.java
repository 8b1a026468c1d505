package dev.tocsin.cluster.protocol.turn;

import dev.tocsin.cluster.proto.TickDone;
import dev.tocsin.cluster.protocol.Members;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.Dispatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups' timers as entries of {@link dev.tocsin.cluster.protocol.Schedule}. Used on the hub loop only. */
final class GroupSchedule {
    private final Members members;
    private final TickCodec codec;

    GroupSchedule(Members members, TickCodec codec) {
        this.members = members;
        this.codec = codec;
    }

    Iterator<TickDone> entries(@Nullable Dispatcher dispatcher) {
        if (dispatcher == null || !members.warm()) {
            return Collections.emptyIterator();
        }
        List<AggregationGroup> groups = new ArrayList<>();
        dispatcher.forEachGroup(groups::add);
        Iterator<AggregationGroup> left = groups.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left.hasNext();
            }

            @Override
            public TickDone next() {
                return entry(left.next());
            }
        };
    }

    private TickDone entry(AggregationGroup group) {
        long next = group.isDue() || group.isFlushing() ? group.dueSinceNanos() : group.nextDueNanos();
        long tick = group.wasTold() ? group.toldNanos() : next;
        return codec.write(group.id(), tick, next)
                .setOk(group.wasTold())
                .setOver(group.isOver())
                .setConfigHash(Peers.configHash(members, members.self()))
                .build();
    }
}
