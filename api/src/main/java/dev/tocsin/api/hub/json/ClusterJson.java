package dev.tocsin.api.hub.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.service.ClusterService;
import java.io.IOException;

/** Writes the nodes of a cluster. */
public final class ClusterJson {
    private ClusterJson() {}

    /** The members of the answer, into an object that is open. */
    public static void fields(JsonGenerator json, ClusterService.Members members) throws IOException {
        json.writeStringField("status", members.status());
        json.writeStringField("node", members.node());
        json.writeArrayFieldStart("members");
        for (ClusterService.Node node : members.nodes()) {
            node(json, node);
        }
        json.writeEndArray();
    }

    /** One node. */
    public static void node(JsonGenerator json, ClusterService.Node node) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeStringField("address", node.address());
        json.writeBooleanField("self", node.self());
        json.writeEndObject();
    }
}
