package dev.tocsin.core.template;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What templates see of a notification (notifiers contract section 4.6). Immutable; build it once for each notification
 * and run all its templates on it.
 */
public final class TemplateData {
    private static final String REGEX_SYNTAX = "\\.+*?()|[]{}^$";

    private final String receiver;
    private final boolean firing;
    private final LabelSet groupLabels;
    private final LabelSet commonLabels;
    private final LabelSet commonAnnotations;
    private final LabelSet routeLabels;
    private final String externalUrl;

    /**
     * The data of a notification.
     *
     * @param receiver the receiver's name as it is configured
     * @param alerts what is told, in the order in which it is told
     * @param at splits firing from resolved alerts
     * @param reason why it is sent, in the words of receivers
     * @param groupLabels what the group is made by
     * @param routeLabels rendered; may be empty
     * @param externalUrl this hub's public address, without a trailing slash
     */
    public TemplateData(
            String receiver,
            List<Alert> alerts,
            Instant at,
            String reason,
            LabelSet groupLabels,
            LabelSet routeLabels,
            String externalUrl) {
        this.receiver = quoteRegex(receiver);
        this.firing = anyFiring(alerts, at);
        this.groupLabels = groupLabels;
        this.commonLabels = common(alerts, Alert::labels);
        this.commonAnnotations = common(alerts, Alert::annotations);
        this.routeLabels = routeLabels;
        this.externalUrl = externalUrl;
    }

    /** The receiver's name with the characters escaped that mean something in regular expressions. */
    public String receiver() {
        return receiver;
    }

    /** Whether at least one of the alerts fires. */
    public boolean firing() {
        return firing;
    }

    /** {@code firing} if at least one of the alerts does, else {@code resolved}. */
    public String status() {
        return firing ? "firing" : "resolved";
    }

    /** What the group is made by; may be empty. */
    public LabelSet groupLabels() {
        return groupLabels;
    }

    /** The labels that are equal on all alerts; may be empty. */
    public LabelSet commonLabels() {
        return commonLabels;
    }

    /** The annotations that are equal on all alerts; may be empty. */
    public LabelSet commonAnnotations() {
        return commonAnnotations;
    }

    /** Rendered route labels; may be empty. */
    public LabelSet routeLabels() {
        return routeLabels;
    }

    /** This hub's public address, without a trailing slash. */
    public String externalUrl() {
        return externalUrl;
    }

    private static boolean anyFiring(List<Alert> alerts, Instant at) {
        for (Alert alert : alerts) {
            if (!alert.resolvedAt(at)) {
                return true;
            }
        }
        return false;
    }

    /** The pairs of the first alert that all others have too; a missing one counts as an empty value. */
    private static LabelSet common(List<Alert> alerts, Function<Alert, LabelSet> pairs) {
        LabelSet first = alerts.isEmpty() ? LabelSet.EMPTY : pairs.apply(alerts.getFirst());
        if (alerts.size() < 2) {
            return first;
        }
        String[] shared = new String[first.size() * 2];
        int filled = 0;
        for (int i = 0; i < first.size(); i++) {
            if (isShared(alerts, pairs, first.name(i), first.value(i))) {
                shared[filled++] = first.name(i);
                shared[filled++] = first.value(i);
            }
        }
        return LabelSet.ofPairs(Arrays.copyOf(shared, filled));
    }

    private static boolean isShared(List<Alert> alerts, Function<Alert, LabelSet> pairs, String name, String value) {
        for (int i = 1; i < alerts.size(); i++) {
            if (!pairs.apply(alerts.get(i)).get(name).equals(value)) {
                return false;
            }
        }
        return true;
    }

    /** Old receivers matched the name as a regular expression; the escapes stayed. */
    private static String quoteRegex(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (REGEX_SYNTAX.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
