package dev.tocsin.notifiers.opsgenie;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.TocsinFields;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.opsgenie.OpsgenieAlert.Responder;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests of one notification, in the order in which they are sent (notifiers contract section 1.5). */
final class OpsgenieRequests {
    private static final int MAX_MESSAGE = 130;

    private final OpsgenieAlert alert;
    private final Url apiUrl;
    private final Notification notification;
    private final Rendering rendering;
    private final String alias;

    OpsgenieRequests(OpsgenieAlert alert, Url apiUrl, Notification notification, Rendering rendering) {
        this.alert = alert;
        this.apiUrl = apiUrl;
        this.notification = notification;
        this.rendering = rendering;
        this.alias = KeyHash.of(notification);
    }

    /**
     * All requests, without the key; useless if the rendering failed.
     *
     * @param update whether an alert that stands is brought up to date
     */
    List<OutboundRequest> all(boolean update) {
        if (!rendering.data().firing()) {
            byte[] source = body("source", rendering.text(alert.source()));
            return List.of(request("POST", "v2/alerts/" + alias + "/close", true, "", source));
        }
        String message = rendering.runes("message", alert.message(), MAX_MESSAGE);
        String description = rendering.text(alert.description());
        List<OutboundRequest> requests = new ArrayList<>();
        requests.add(request("POST", "v2/alerts", false, "", creation(message, description)));
        if (update) {
            for (Map.Entry<String, String> part :
                    List.of(Map.entry("message", message), Map.entry("description", description))) {
                String path = "v2/alerts/" + alias + "/" + part.getKey();
                requests.add(request("PUT", path, true, part.getKey(), body(part.getKey(), part.getValue())));
            }
        }
        return requests;
    }

    private OutboundRequest request(String method, String path, boolean byAlias, String part, byte[] body) {
        Url url = apiUrl.append(path);
        return new OutboundRequest(
                        method,
                        byAlias ? url.withQuery("identifierType=alias") : url,
                        TocsinFields.of(notification, "application/json", part),
                        body)
                .openly();
    }

    private static byte[] body(String name, String value) {
        return new GoJson().openObject().text(name, value).closeObject().line();
    }

    private byte[] creation(String message, String description) {
        GoJson json = new GoJson().openObject();
        json.text("alias", alias);
        json.text("message", message);
        json.textIfSet("description", description);
        json.name("details").any(details());
        json.text("source", rendering.text(alert.source()));
        responders(json);
        json.textsIfAny("tags", parts(rendering.text(alert.tags())));
        json.textIfSet("note", rendering.text(alert.note()));
        json.textIfSet("priority", rendering.text(alert.priority()));
        json.textIfSet("entity", rendering.text(alert.entity()));
        json.textsIfAny("actions", parts(rendering.text(alert.actions())));
        return json.closeObject().line();
    }

    private Map<String, String> details() {
        LabelSet common = rendering.data().commonLabels();
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i < common.size(); i++) {
            details.put(common.name(i), common.value(i));
        }
        alert.details().forEach((name, template) -> details.put(name, rendering.text(template)));
        return details;
    }

    private void responders(GoJson json) {
        List<Responder> responders = new ArrayList<>();
        for (Responder responder : alert.responders()) {
            Responder rendered = new Responder(
                    rendering.text(responder.id()),
                    rendering.text(responder.name()),
                    rendering.text(responder.username()),
                    rendering.text(responder.type()));
            if (rendered.type().equals(Responder.TEAMS)) {
                parts(rendered.name()).forEach(team -> responders.add(new Responder("", team, "", "team")));
            } else if (!(rendered.id() + rendered.name() + rendered.username() + rendered.type()).isEmpty()) {
                responders.add(rendered);
            }
        }
        if (responders.isEmpty()) {
            return;
        }
        json.name("responders").openList();
        for (Responder responder : responders) {
            json.openObject();
            json.textIfSet("id", responder.id());
            json.textIfSet("name", responder.name());
            json.textIfSet("username", responder.username());
            json.text("type", responder.type());
            json.closeObject();
        }
        json.closeList();
    }

    /** The parts between commas that are not empty; white space is only cut from the whole. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        int from = 0;
        while (from <= rest.length()) {
            int comma = rest.indexOf(',', from);
            int end = comma < 0 ? rest.length() : comma;
            if (end > from) {
                parts.add(rest.substring(from, end));
            }
            from = end + 1;
        }
        return parts;
    }
}
