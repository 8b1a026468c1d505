package dev.tocsin.notifiers.http;

import dev.tocsin.core.notify.Notification;
import java.util.ArrayList;
import java.util.List;

/** The headers by which a receiver can tell repeats and order: every HTTP integration sends them. Stateless. */
public final class TocsinFields {
    private TocsinFields() {}

    /** Those of a notification whose body is JSON. */
    public static List<HttpField> json(Notification notification) {
        List<HttpField> fields = new ArrayList<>(4);
        fields.add(new HttpField("Content-Type", "application/json"));
        fields.add(new HttpField("Idempotency-Key", notification.idempotencyKey()));
        fields.add(new HttpField("Tocsin-Sequence", Long.toString(notification.sequence())));
        if (notification.possibleRepeat()) {
            fields.add(new HttpField("Tocsin-Possible-Repeat", "true"));
        }
        return fields;
    }
}
