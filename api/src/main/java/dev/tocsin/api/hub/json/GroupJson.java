package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.core.hub.GroupView;
import java.io.IOException;

/**
 * Writes aggregation groups.
 *
 * @param withAlerts whether to write their alerts
 */
public record GroupJson(AlertJson alerts, boolean withAlerts) {
    /** One group. */
    public void group(JsonGenerator json, GroupEntry entry) throws IOException {
        GroupView view = entry.view();
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeStringField("groupKey", view.id().groupKey());
        json.writeStringField("routeId", view.id().routeId());
        HubJson.labels(json, "labels", view.labels());
        HubJson.map(json, "routeLabels", view.routeLabels());
        json.writeStringField("receiver", view.receiver());
        HubJson.texts(json, "order", entry.ranking());
        HubJson.texts(json, "mutedBy", entry.mutedBy());
        json.writeNumberField("alertCount", view.alerts().size());
        if (withAlerts) {
            alerts.alerts(json, "alerts", view.alerts());
        }
        json.writeEndObject();
    }
}
