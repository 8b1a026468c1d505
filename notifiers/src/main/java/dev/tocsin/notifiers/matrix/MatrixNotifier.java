package dev.tocsin.notifiers.matrix;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.TocsinFields;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.FormText;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.Truncation;
import java.time.Instant;
import java.util.Set;

/**
 * Sends messages to Matrix. The idempotency key is the transaction's id, so that the homeserver itself drops repeats. Safe
 * for many threads.
 */
final class MatrixNotifier implements Notifier {
    /** An event has at most 65536 bytes with all that is around the two texts, and escapes make them longer. */
    private static final int MAX_TEXT_BYTES = 16_000;

    private static final Set<Integer> ALSO_RETRIED = Set.of(429);

    private final MatrixConfig config;
    private final IntegrationClient client;
    private final TemplateSet templates;

    MatrixNotifier(MatrixConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        String room = rendering.text(config.roomId());
        String text = Truncation.bytes(rendering.text(config.message()), MAX_TEXT_BYTES);
        String html = rendering.html(config.html());
        if (rendering.failed()) {
            return rendering.refused("");
        }
        GoJson json = new GoJson().openObject();
        json.text("msgtype", config.notice() ? "m.notice" : "m.text").text("body", text);
        boolean whole = Truncation.bytes(html, MAX_TEXT_BYTES).equals(html); // cut HTML could lack its end tags
        if (whole && !html.isEmpty()) {
            json.text("format", "org.matrix.custom.html").text("formatted_body", html);
        }
        byte[] body = json.closeObject().line();
        Url server = config.homeserverUrl().withTrailingSlash();
        String path =
                "_matrix/client/v3/rooms/" + part(room) + "/send/m.room.message/" + part(notification.idempotencyKey());
        Url url =
                new Url(server.scheme(), server.username(), server.password(), server.host(), server.path() + path, "");
        OutboundRequest request = new OutboundRequest("PUT", url, TocsinFields.json(notification), body).openly();
        return client.deliver(request, deadline, answer -> StatusRule.judge(answer, ALSO_RETRIED));
    }

    /** A text as one part of a path, slashes in it too. */
    private static String part(String text) {
        return FormText.encode(text).replace("+", "%20");
    }

    @Override
    public void close() {
        client.close();
    }
}
