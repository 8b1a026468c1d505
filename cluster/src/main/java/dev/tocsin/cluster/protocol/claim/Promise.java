package dev.tocsin.cluster.protocol.claim;

import dev.tocsin.core.log.ClaimContent;

/**
 * This node's word that it grants a key to nobody else. Immutable.
 *
 * @param content what the holder wants to tell
 * @param holder the holder's name
 * @param expiresNanos when it ends, by the monotonic clock: it must not end early because a wall clock jumped
 * @param round the latest question of the holder that it answers: questions may overtake each other
 * @param held whether the holder said with that question that it sends nothing before it has asked once more
 */
record Promise(ClaimContent content, String holder, long expiresNanos, int round, boolean held) {}
