package dev.tocsin.api.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.HubJson;
import dev.tocsin.api.hub.request.Fields;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.ReceiverService;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.notify.IntegrationHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /receivers}: who is notified, how they do on this node, and test notifications. Safe for all threads. */
final class ReceiversResource {
    /** How much longer than its integrations a test may take. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Duration TEST = Duration.ofSeconds(10);

    private final Hub hub;
    private final ReceiverService receivers;

    ReceiversResource(Hub hub, ReceiverService receivers) {
        this.hub = hub;
        this.receivers = receivers;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get("/receivers", Set.of("filter"), this::list),
                HubOperation.post("/receivers/{name}/test", this::test));
    }

    private Response list(HubRequest request) {
        List<ReceiverConfig> found = receivers.list(request.query().all("filter"));
        List<IntegrationHealth> health = receivers.health("");
        return Answers.object(json -> {
            json.writeStringField("node", hub.membership().nodeName());
            json.writeArrayFieldStart("receivers");
            for (ReceiverConfig receiver : found) {
                receiver(json, receiver, health);
            }
            json.writeEndArray();
        });
    }

    private static void receiver(JsonGenerator json, ReceiverConfig receiver, List<IntegrationHealth> health)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", receiver.name());
        HubJson.map(json, "labels", receiver.labels());
        json.writeArrayFieldStart("integrations");
        for (ReceiverConfig.Integration integration : receiver.integrations()) {
            String name = integration.kind() + "[" + integration.index() + "]";
            json.writeStartObject();
            json.writeStringField("integration", name);
            for (IntegrationHealth one : health) {
                if (one.receiver().equals(receiver.name()) && one.integration().equals(name)) {
                    health(json, one);
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void health(JsonGenerator json, IntegrationHealth health) throws IOException {
        json.writeStringField("state", health.state());
        json.writeNumberField("waiting", health.waiting());
        json.writeNumberField("delivered", health.delivered());
        json.writeNumberField("failed", health.failed());
        json.writeNumberField("failedAttempts", health.failedAttempts());
        HubJson.time(json, "failingSince", health.failingSince());
        HubJson.time(json, "lastDelivered", health.lastDelivered());
        HubJson.time(json, "lastFailed", health.lastFailed());
        json.writeStringField("lastError", health.lastError());
    }

    private Response test(HubRequest request) throws ProblemException {
        Fields body = request.body();
        Map<String, String> labels = body.map("labels");
        boolean resolved = body.flag("resolved", false);
        Duration timeout = body.duration("timeout", TEST);
        body.done();
        List<ReceiverService.TestResult> results =
                Patience.await(receivers.test(request.path("name"), labels, resolved, timeout), timeout.plus(SLACK));
        return Answers.object(json -> {
            json.writeArrayFieldStart("results");
            for (ReceiverService.TestResult result : results) {
                json.writeStartObject();
                json.writeStringField("integration", result.integration());
                json.writeBooleanField("accepted", result.accepted());
                json.writeStringField("message", result.message());
                json.writeBooleanField("retryable", result.retryable());
                json.writeNumberField("tookMillis", result.took().toMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
