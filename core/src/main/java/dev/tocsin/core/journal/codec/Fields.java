package dev.tocsin.core.journal.codec;

import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.journal.proto.Destination;
import dev.tocsin.core.journal.proto.Time;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.notify.NotificationReason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Values that several kinds of events have. */
final class Fields {
    private Fields() {}

    static Time time(Instant at) {
        return Time.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    static Instant time(Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static List<String> labels(LabelSet labels) {
        List<String> pairs = new ArrayList<>(2 * labels.size());
        for (int i = 0; i < labels.size(); i++) {
            pairs.add(labels.name(i));
            pairs.add(labels.value(i));
        }
        return pairs;
    }

    static LabelSet labels(List<String> pairs) throws IOException {
        if (pairs.size() % 2 != 0) {
            throw new IOException("a label without a value");
        }
        return LabelSet.of(pairs.toArray(String[]::new));
    }

    static void each(Fingerprints fingerprints, LongConsumer add) {
        for (int i = 0; i < fingerprints.size(); i++) {
            add.accept(fingerprints.at(i));
        }
    }

    static Fingerprints fingerprints(List<Long> values) {
        return Fingerprints.of(values.stream().mapToLong(Long::longValue).toArray());
    }

    static AlertHashes hashes(List<Long> values) {
        return AlertHashes.of(values.stream().mapToLong(Long::longValue).toArray());
    }

    static Destination to(NotificationEvent event) {
        return Destination.newBuilder()
                .setGroupKey(event.to().groupKey())
                .setReceiver(event.to().receiver())
                .setIntegration(event.to().integration())
                .build();
    }

    static NotificationEvent.Destination to(Destination to) {
        return new NotificationEvent.Destination(to.getGroupKey(), to.getReceiver(), to.getIntegration());
    }

    static NotificationReason cause(String text) throws IOException {
        for (NotificationReason reason : NotificationReason.values()) {
            if (reason.text().equals(text)) {
                return reason;
            }
        }
        throw new IOException("unknown reason for a notification: " + text);
    }
}
