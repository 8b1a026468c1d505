package dev.tocsin.core.group;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which groups were muted by time intervals at their last flush, and by which: what {@code mutedBy} shows (contract
 * section 5.3). The marks outlive a reload, until the next flush of the group. Written on the hub loop only; any thread
 * may read. Bounded by the groups: the dispatcher removes the marks of groups that ended.
 */
public final class TimeMuteMarks {
    private final Map<GroupId, List<String>> marks = new ConcurrentHashMap<>();

    /** The names of the intervals that mute the group, a name once per matching part; empty if none does. */
    List<String> get(GroupId group) {
        return marks.getOrDefault(group, List.of());
    }

    void set(GroupId group, List<String> names) {
        if (names.isEmpty()) {
            marks.remove(group);
        } else {
            marks.put(group, names);
        }
    }

    void remove(GroupId group) {
        marks.remove(group);
    }

    void retain(Set<GroupId> groups) {
        marks.keySet().retainAll(groups);
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }
}
