package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.JournalJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.Parameters;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.service.AlertService;
import dev.tocsin.api.service.NotificationService;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code /notifications}: what the nodes decided and did, from their journals. Safe for all threads. */
final class NotificationsResource {
    /** The parameters that choose entries. */
    static final Set<String> FILTER = Set.of("from", "until", "receiver", "groupKey", "fingerprint", "kind");

    private final NotificationService notifications;

    NotificationsResource(NotificationService notifications) {
        this.notifications = notifications;
    }

    List<HubOperation> operations() {
        return List.of(
                HubOperation.get("/notifications", AlertParameters.and(FILTER, AlertParameters.PAGE), this::list));
    }

    /** @param receiverName what the parameter is called that names a receiver */
    static JournalFilter filter(Parameters query, String receiverName) throws ProblemException {
        String receiver = query.text(receiverName);
        String groupKey = query.text("groupKey");
        String fingerprint = query.text("fingerprint");
        return new JournalFilter(
                null,
                null,
                receiver.isEmpty() ? null : receiver,
                groupKey.isEmpty() ? null : groupKey,
                fingerprint.isEmpty() ? null : AlertService.fingerprint("fingerprint", fingerprint),
                NotificationService.types(query.all("kind")));
    }

    private Response list(HubRequest request) throws ProblemException {
        NotificationService.History history = Patience.await(
                notifications.history(
                        filter(request.query(), "receiver")
                                .between(
                                        request.query().time("from"),
                                        request.query().time("until")),
                        AlertParameters.page(request.query())),
                Patience.USUAL);
        return Answers.object(json -> {
            json.writeArrayFieldStart("entries");
            for (JournalEntry entry : history.page().items()) {
                JournalJson.entry(json, entry);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("silentNodes");
            for (Map.Entry<String, String> silent : new TreeMap<>(history.silent()).entrySet()) {
                json.writeStartObject();
                json.writeStringField("node", silent.getKey());
                json.writeStringField("error", silent.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", history.page().nextToken());
        });
    }
}
