package dev.tocsin.notifiers.http.message;

import dev.tocsin.core.notify.Notification;
import java.util.ArrayList;
import java.util.List;

/** The headers by which a receiver can tell repeats and order: every HTTP integration sends them. Stateless. */
public final class TocsinFields {
    private TocsinFields() {}

    /** Those of a notification whose body is JSON. */
    public static List<HttpField> json(Notification notification) {
        return of(notification, "application/json", "");
    }

    /**
     * Those of one of the requests that a notification takes.
     *
     * @param part tells the request from others of the same notification, whose content differs; empty for the first
     */
    public static List<HttpField> of(Notification notification, String contentType, String part) {
        List<HttpField> fields = bare(notification, part);
        fields.addFirst(new HttpField("Content-Type", contentType));
        return fields;
    }

    /** As {@link #of}, for a request without a body. */
    public static List<HttpField> bare(Notification notification, String part) {
        List<HttpField> fields = new ArrayList<>(4);
        String key = part.isEmpty() ? notification.idempotencyKey() : notification.idempotencyKey() + "-" + part;
        fields.add(new HttpField("Idempotency-Key", key));
        fields.add(new HttpField("Tocsin-Sequence", Long.toString(notification.sequence())));
        if (notification.possibleRepeat()) {
            fields.add(new HttpField("Tocsin-Possible-Repeat", "true"));
        }
        return fields;
    }
}
