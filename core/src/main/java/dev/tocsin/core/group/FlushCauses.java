package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.trace.SpanLink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the posts of which a group's next flush tells, the newest ones if they are many. A post that repeats what is
 * known is none of them. On the hub loop only.
 */
final class FlushCauses {
    private static final int MOST = 16;

    private List<SpanLink> links = List.of();

    /** The alert has entered the group; {@code link} is null if nobody traces its post. */
    void entered(@Nullable SpanLink link) {
        if (link == null || (!links.isEmpty() && links.getLast().equals(link))) {
            return;
        }
        if (links.isEmpty()) {
            links = new ArrayList<>(1);
        } else if (links.size() == MOST) {
            links.removeFirst();
        }
        links.add(link);
    }

    /** A report of an alert comes, which {@code members} may hold as it was before. */
    void reported(@Nullable SpanLink link, GroupMembers members, Alert now) {
        Alert before = link == null ? null : members.find(now.labels());
        if (before != null && before.resolvedAt(now.updatedAt()) != now.resolvedAt(now.updatedAt())) {
            entered(link);
        }
    }

    /** All of them, oldest first, which are forgotten. */
    List<SpanLink> take() {
        List<SpanLink> taken = links;
        links = List.of();
        return taken;
    }
}
