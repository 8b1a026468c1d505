package dev.tocsin.core.log;

/**
 * What notifications are counted by: one integration of one receiver, for one group.
 *
 * @param groupKey the group key's text (contract section 5.1)
 * @param receiver the receiver's name
 * @param integration the integration's name, such as {@code webhook}
 * @param index its place among the receiver's integrations of that name, from 0
 */
public record LogKey(String groupKey, String receiver, String integration, int index) {
    /** The text that the contract's section 6.4 names. */
    @Override
    public String toString() {
        return groupKey + ":" + receiver + "/" + integration + "/" + index;
    }
}
