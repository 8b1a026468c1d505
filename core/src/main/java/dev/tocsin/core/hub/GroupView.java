package dev.tocsin.core.hub;

import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.label.LabelSet;
import java.util.List;
import java.util.Map;

/**
 * An aggregation group and the alerts in it that were asked for.
 *
 * @param id its name inside the cluster
 * @param labels the group labels
 * @param routeLabels rendered route labels; may be empty
 * @param receiver the receiver's name
 * @param alerts sorted as notifications sort them; never empty
 */
public record GroupView(
        GroupId id, LabelSet labels, Map<String, String> routeLabels, String receiver, List<AlertView> alerts) {}
