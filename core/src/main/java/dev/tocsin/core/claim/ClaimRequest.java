package dev.tocsin.core.claim;

import dev.tocsin.core.log.ClaimContent;
import java.time.Instant;

/**
 * The question for the right to notify.
 *
 * @param content what would be told; its id names the claim
 * @param tick when the group was due: other nodes tell from its age how urgent the claim is
 * @param routeId the id of the node of the routing tree that made the group
 */
public record ClaimRequest(ClaimContent content, Instant tick, String routeId) {}
