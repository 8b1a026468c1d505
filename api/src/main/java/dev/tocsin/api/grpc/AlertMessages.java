package dev.tocsin.api.grpc;

import com.google.protobuf.FieldMask;
import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertFilter;
import dev.tocsin.api.grpc.v1.AlertState;
import dev.tocsin.api.grpc.v1.PostableAlert;
import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.Filters;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Alerts as messages. */
final class AlertMessages {
    private static final Set<String> FIELDS = Set.copyOf(Alert.getDescriptor().getFields().stream()
            .map(field -> field.getName())
            .toList());

    private AlertMessages() {}

    static Alert alert(AlertView view, Instant now) {
        return alert(view, now, FIELDS);
    }

    static Alert alert(AlertView view, Instant now, Set<String> fields) {
        var alert = view.alert();
        Alert.Builder out = Alert.newBuilder();
        boolean all = fields.size() == FIELDS.size();
        if (all || fields.contains("fingerprint")) {
            out.setFingerprint(LabelSet.fingerprintText(alert.fingerprint()));
        }
        if (all || fields.contains("labels")) {
            alert.labels().forEach(out::putLabels);
        }
        if (all || fields.contains("annotations")) {
            alert.annotations().forEach(out::putAnnotations);
        }
        if (all || fields.contains("starts_at")) {
            out.setStartsAt(Times.timestamp(alert.startsAt()));
        }
        if (all || fields.contains("ends_at")) {
            out.setEndsAt(Times.timestamp(alert.endsAt()));
        }
        if (all || fields.contains("updated_at")) {
            out.setUpdatedAt(Times.timestamp(alert.updatedAt()));
        }
        if (all || fields.contains("generator_url")) {
            out.setGeneratorUrl(alert.generatorUrl());
        }
        if (all || fields.contains("state")) {
            out.setState(state(view, now));
        }
        if (!view.silencedBy().isEmpty() && (all || fields.contains("silenced_by"))) {
            out.addAllSilencedBy(view.silencedBy());
        }
        if (!view.inhibitedBy().isEmpty() && (all || fields.contains("inhibited_by"))) {
            out.addAllInhibitedBy(view.inhibitedBy());
        }
        if (!view.mutedBy().isEmpty() && (all || fields.contains("muted_by"))) {
            out.addAllMutedBy(view.mutedBy());
        }
        if (all || fields.contains("receivers")) {
            out.addAllReceivers(view.receivers());
        }
        return out.build();
    }

    static AlertState state(AlertView view, Instant now) {
        if (view.alert().resolvedAt(now)) {
            return AlertState.ALERT_STATE_RESOLVED;
        }
        return view.state().equals("active") ? AlertState.ALERT_STATE_ACTIVE : AlertState.ALERT_STATE_SUPPRESSED;
    }

    /** The fields that a mask names; all for an empty one. */
    static Set<String> fields(FieldMask mask) {
        if (mask.getPathsCount() == 0) {
            return FIELDS;
        }
        Set<String> fields = new HashSet<>();
        for (String path : mask.getPathsList()) {
            if (!FIELDS.contains(path)) {
                throw ServiceException.invalid(
                        "UNKNOWN_FIELD", "read_mask", "\"" + path + "\" is no field of tocsin.v1.Alert");
            }
            fields.add(path);
        }
        return fields;
    }

    static AlertQuery query(AlertFilter filter) {
        return new AlertQuery(
                filter.getMatchersList(),
                filter.getReceiver(),
                filter.getReceiverMatchersList(),
                !filter.getExcludeActive(),
                !filter.getExcludeSilenced(),
                !filter.getExcludeInhibited(),
                !filter.getExcludeMuted());
    }

    static List<PostedAlert> posted(List<PostableAlert> alerts) {
        List<PostedAlert> posted = new ArrayList<>(alerts.size());
        for (int i = 0; i < alerts.size(); i++) {
            PostableAlert alert = alerts.get(i);
            String field = "alerts[" + i + "]";
            posted.add(new PostedAlert(
                    labels(field + ".labels", alert.getLabelsMap()),
                    labels(field + ".annotations", alert.getAnnotationsMap()),
                    alert.hasStartsAt() ? Times.date(field + ".starts_at", alert.getStartsAt()) : null,
                    alert.hasEndsAt() ? Times.date(field + ".ends_at", alert.getEndsAt()) : null,
                    alert.getGeneratorUrl()));
        }
        return posted;
    }

    static LabelSet labels(String field, Map<String, String> labels) {
        if (labels.size() > 8 * Filters.MAX_MATCHERS) {
            throw ServiceException.invalid("TOO_MANY", field, "has more than " + 8 * Filters.MAX_MATCHERS + " entries");
        }
        return LabelSet.of(labels);
    }
}
