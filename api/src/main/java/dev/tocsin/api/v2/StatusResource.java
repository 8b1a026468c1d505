package dev.tocsin.api.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.time.Rfc3339;
import java.io.IOException;
import java.time.ZoneId;

/** {@code /status} (contract section 7.4). Safe for all threads. */
final class StatusResource {
    private final Hub hub;
    private final VersionInfo version;
    private final ZoneId zone;
    private final Answers answers;

    StatusResource(Hub hub, VersionInfo version, ZoneId zone, Answers answers) {
        this.hub = hub;
        this.version = version;
        this.zone = zone;
        this.answers = answers;
    }

    Response show() {
        HubStatus status = hub.status();
        return answers.value(200, json -> write(json, status));
    }

    private void write(JsonGenerator json, HubStatus status) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("cluster");
        if (!status.nodeName().isEmpty()) {
            json.writeStringField("name", status.nodeName());
        }
        json.writeArrayFieldStart("peers");
        for (HubStatus.Peer peer : status.peers()) {
            json.writeStartObject();
            json.writeStringField("address", peer.address());
            json.writeStringField("name", peer.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("status", status.clusterStatus());
        json.writeEndObject();
        json.writeObjectFieldStart("config");
        json.writeStringField("original", status.configText());
        json.writeEndObject();
        json.writeStringField(
                "uptime", Rfc3339.millis(status.startedAt(), zone.getRules().getOffset(status.startedAt())));
        json.writeObjectFieldStart("versionInfo");
        json.writeStringField("branch", version.branch());
        json.writeStringField("buildDate", version.buildDate());
        json.writeStringField("buildUser", version.buildUser());
        json.writeStringField("goVersion", version.runtime());
        json.writeStringField("revision", version.revision());
        json.writeStringField("version", version.version());
        json.writeEndObject();
        json.writeEndObject();
    }
}
