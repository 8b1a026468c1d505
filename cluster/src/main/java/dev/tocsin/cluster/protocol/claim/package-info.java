/**
 * The sole right to notify among many nodes (PROTOCOL sections 5 and 6). {@link
 * dev.tocsin.cluster.protocol.claim.ClusterClaims} hands events to small machines: the claimant, the granter, the count of
 * a quorum, the renewals. What they decide is a function of what they are given.
 */
@NullMarked
package dev.tocsin.cluster.protocol.claim;

import org.jspecify.annotations.NullMarked;
