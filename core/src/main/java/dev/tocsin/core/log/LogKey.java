package dev.tocsin.core.log;

import org.jspecify.annotations.Nullable;

/**
 * What notifications are counted by: one integration of one receiver, for one group.
 *
 * @param groupKey the group key's text (contract section 5.1)
 * @param receiver the receiver's name
 * @param integration the integration's name, such as {@code webhook}
 * @param index its place among the receiver's integrations of that name, from 0
 */
public record LogKey(String groupKey, String receiver, String integration, int index) {
    /** Written out, as is {@link #equals}: what records come with is slow unless C2 compiles it, and this is a key of maps. */
    @Override
    public int hashCode() {
        return 31 * (31 * (31 * groupKey.hashCode() + receiver.hashCode()) + integration.hashCode()) + index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof LogKey key
                        && index == key.index
                        && groupKey.equals(key.groupKey)
                        && receiver.equals(key.receiver)
                        && integration.equals(key.integration));
    }

    /** The text that the contract's section 6.4 names. */
    @Override
    public String toString() {
        return groupKey + ":" + receiver + "/" + integration + "/" + index;
    }
}
