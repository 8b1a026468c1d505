package dev.tocsin.core.group;

/**
 * A group's name inside the cluster and across reloads. Two nodes of one routing tree may make groups of the same key; their
 * route ids tell them apart.
 *
 * @param routeId the id of the node of the routing tree
 * @param groupKey the group key's text (contract section 5.1)
 */
public record GroupId(String routeId, String groupKey) {}
