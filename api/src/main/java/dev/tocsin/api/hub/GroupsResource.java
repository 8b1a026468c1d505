package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.AlertJson;
import dev.tocsin.api.hub.json.GroupJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.GroupService;
import dev.tocsin.api.service.Page;
import dev.tocsin.core.runtime.Clock;
import java.util.List;

/** {@code /groups}. Safe for all threads. */
final class GroupsResource {
    private final GroupService groups;
    private final Clock clock;

    GroupsResource(GroupService groups, Clock clock) {
        this.groups = groups;
        this.clock = clock;
    }

    List<HubOperation> operations() {
        return List.of(HubOperation.get(
                "/groups",
                AlertParameters.and(AlertParameters.FILTER, AlertParameters.PAGE, "withoutAlerts", "label"),
                this::list));
    }

    private Response list(HubRequest request) throws ProblemException {
        boolean withAlerts = !request.query().flag("withoutAlerts", false);
        Page<GroupEntry> page =
                groups.list(AlertParameters.filter(request.query()), AlertParameters.page(request.query()));
        GroupJson writer =
                new GroupJson(new AlertJson(clock.now(), request.query().all("label")), withAlerts);
        return Answers.object(json -> {
            json.writeArrayFieldStart("groups");
            for (GroupEntry entry : page.items()) {
                writer.group(json, entry);
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", page.nextToken());
        });
    }
}
