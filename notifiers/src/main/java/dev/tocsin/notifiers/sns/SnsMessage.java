package dev.tocsin.notifiers.sns;

import dev.tocsin.core.notify.Notification;
import dev.tocsin.notifiers.payload.FormText;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders what is published (notifiers contract section 1.9). Not for several threads. */
final class SnsMessage {
    private static final Logger log = LoggerFactory.getLogger(SnsMessage.class);
    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_PHONE_BYTES = 1600;

    private final SnsConfig config;
    private final Notification notification;
    private final Rendering rendering;
    private String failedAt = "";

    SnsMessage(SnsConfig config, Notification notification, Rendering rendering) {
        this.config = config;
        this.notification = notification;
        this.rendering = rendering;
    }

    /** The values of the request; useless if the rendering failed. */
    FormText form() {
        SortedMap<String, String> attributes = new TreeMap<>();
        config.attributes()
                .forEach((name, value) -> attributes.put(render("attributes", name), render("attributes", value)));
        FormText form = new FormText().add("Action", "Publish").add("Version", "2010-03-31");
        String topic = render("topic_arn", config.topicArn());
        addIfSet(form, "TopicArn", topic);
        if (topic.endsWith(".fifo")) {
            form.add("MessageGroupId", KeyHash.of(notification));
            form.add("MessageDeduplicationId", notification.idempotencyKey());
        }
        addIfSet(form, "PhoneNumber", render("phone_number", config.phoneNumber()));
        addIfSet(form, "TargetArn", render("target_arn", config.targetArn()));
        String message = render("message", config.message());
        int limit = config.phoneNumber().isEmpty() ? MAX_BYTES : MAX_PHONE_BYTES;
        String kept = cut(message, limit);
        if (kept.length() < message.length()) {
            attributes.put("truncated", "true");
            log.atWarn()
                    .addKeyValue("integration", notification.integration())
                    .addKeyValue("key", notification.groupKey())
                    .addKeyValue("max_bytes", limit)
                    .log("Truncated message");
        }
        form.add("Message", kept);
        if (!config.subject().isEmpty()) {
            form.add("Subject", render("subject", config.subject()));
        }
        add(form, attributes);
        return form;
    }

    private static void addIfSet(FormText form, String name, String value) {
        if (!value.isEmpty()) {
            form.add(name, value);
        }
    }

    private static void add(FormText form, SortedMap<String, String> attributes) {
        int number = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String entry = "MessageAttributes.entry." + ++number + ".";
            form.add(entry + "Name", attribute.getKey());
            form.add(entry + "Value.DataType", "String");
            form.add(entry + "Value.StringValue", attribute.getValue());
        }
    }

    /** As much of the text as fits into {@code limit} bytes; no character is cut in two. */
    private static String cut(String text, int limit) {
        int size = 0;
        for (int i = 0; i < text.length(); ) {
            int rune = text.codePointAt(i);
            size += Character.toString(rune).getBytes(StandardCharsets.UTF_8).length;
            if (size > limit) {
                return text.substring(0, i);
            }
            i += Character.charCount(rune);
        }
        return text;
    }

    /** A template's text; empty after a failure. */
    String render(String key, String template) {
        boolean before = rendering.failed();
        String text = rendering.text(template);
        if (!before && rendering.failed()) {
            failedAt = key;
        }
        return text;
    }

    /** What failed first, and why. */
    String problem() {
        return "execute '" + failedAt + "' template: " + rendering.error();
    }
}
