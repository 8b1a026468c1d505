package dev.tocsin.core.group;

import org.jspecify.annotations.Nullable;

/**
 * A group's name inside the cluster and across reloads. Two nodes of one routing tree may make groups of the same key; their
 * route ids tell them apart.
 *
 * @param routeId the id of the node of the routing tree
 * @param groupKey the group key's text (contract section 5.1)
 */
public record GroupId(String routeId, String groupKey) {
    /** Written out, as is {@link #equals}: what records come with is slow unless C2 compiles it, and this is a key of maps. */
    @Override
    public int hashCode() {
        return 31 * routeId.hashCode() + groupKey.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof GroupId id && groupKey.equals(id.groupKey) && routeId.equals(id.routeId));
    }
}
