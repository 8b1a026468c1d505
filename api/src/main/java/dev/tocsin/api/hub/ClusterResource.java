package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.ClusterJson;
import dev.tocsin.api.hub.json.HubJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.Page;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.hub.HubStatus;
import java.util.List;
import java.util.Set;

/** {@code /cluster} and {@code /config}: who answers, who tells which group, by which configuration. Safe for all threads. */
final class ClusterResource {
    private final Hub hub;
    private final ClusterService cluster;
    private final GroupService groups;

    ClusterResource(Hub hub, ClusterService cluster, GroupService groups) {
        this.hub = hub;
        this.cluster = cluster;
        this.groups = groups;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get("/cluster", Set.of(), request -> members()),
                HubOperation.get(
                        "/cluster/groups",
                        AlertParameters.and(AlertParameters.PAGE, Set.of("groupKey")),
                        this::ownership),
                HubOperation.get("/config", Set.of(), request -> config()));
    }

    private Response members() {
        ClusterService.Members members = cluster.members();
        return Answers.object(json -> ClusterJson.fields(json, members));
    }

    private Response ownership(HubRequest request) throws ProblemException {
        Page<GroupEntry> page = groups.owners(request.query().text("groupKey"), AlertParameters.page(request.query()));
        return Answers.object(json -> {
            json.writeArrayFieldStart("groups");
            for (GroupEntry entry : page.items()) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                json.writeStringField("groupKey", entry.view().id().groupKey());
                json.writeStringField("receiver", entry.view().receiver());
                HubJson.texts(json, "order", entry.ranking());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", page.nextToken());
        });
    }

    private Response config() {
        HubStatus status = hub.status();
        return Answers.object(json -> {
            json.writeStringField("node", status.nodeName());
            json.writeStringField("original", status.configText());
            HubJson.time(json, "startedAt", status.startedAt());
        });
    }
}
