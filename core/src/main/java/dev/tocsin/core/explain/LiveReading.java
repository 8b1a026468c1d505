package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.RouteWalk;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an alert is notified or not now: from what the hub knows, and from the journals for what it knows no more. */
final class LiveReading {
    private final Captured captured;
    private final Heard heard;
    private final String name;

    LiveReading(Captured captured, Heard heard) {
        this.captured = captured;
        this.heard = heard;
        this.name = Wording.alert(captured.labels(), captured.fingerprint());
    }

    Explanation explanation() {
        Standing standing = standing();
        InForce inForce = captured.inForce();
        LabelSet labels = captured.labels();
        RouteWalk routes = inForce == null || labels == null
                ? null
                : inForce.dispatcher().routes().explain(labels);
        List<GroupExplanation> groups = new ArrayList<>();
        if (inForce != null && labels != null) {
            Alert alert = captured.alert() == null ? imagined(labels, standing) : captured.alert();
            for (Captured.Place place : captured.places()) {
                groups.add(new GroupReading(captured, heard, inForce, place, alert).explanation());
            }
        }
        return new Explanation(
                sentence(standing, groups),
                cause(standing, groups),
                captured.fingerprint(),
                labels,
                captured.at(),
                false,
                captured.self(),
                standing,
                routes,
                groups,
                captured.morePlaces(),
                heard.all(),
                notes(),
                heard.silent());
    }

    /** The alert as it would be if it fired now, or as it was when it had ended. */
    private Alert imagined(LabelSet labels, Standing standing) {
        Instant now = captured.at();
        Instant end = standing.state() == Standing.State.RESOLVED ? now : now.plus(Duration.ofHours(1));
        return new Alert(labels, LabelSet.EMPTY, now, ZoneOffset.UTC, end, ZoneOffset.UTC, now, "", true);
    }

    private Standing standing() {
        Alert alert = captured.alert();
        if (alert == null) {
            return unknown();
        }
        if (!alert.resolvedAt(captured.at())) {
            return new Standing(
                    Standing.State.FIRING, alert, name + " has been firing since " + Wording.time(alert.startsAt()));
        }
        String why = alert.timeout() ? ", because nobody reported it again" : "";
        return new Standing(Standing.State.RESOLVED, alert, name + " ended at " + Wording.time(alert.endsAt()) + why);
    }

    private Standing unknown() {
        for (HistoryLine line : heard.ofAlert()) {
            Standing standing = standing(line, name, captured.fingerprint());
            if (standing != null) {
                return standing;
            }
        }
        return new Standing(Standing.State.NOT_RECEIVED, null, name + " is not known: nobody has posted it");
    }

    /** What an event says about whether the alert is there; null if nothing. */
    static @Nullable Standing standing(HistoryLine line, String name, long fingerprint) {
        String at = " at " + Wording.time(line.at());
        return switch (line.event()) {
            case AlertEvent.Refused refused ->
                new Standing(
                        Standing.State.REFUSED,
                        null,
                        name + " was refused" + at + ", posted by " + refused.source() + ": " + refused.error());
            case AlertEvent.Limited limited ->
                new Standing(Standing.State.LIMITED, null, name + " was posted" + at + " and " + limited.reason());
            case AlertEvent.Merged merged
            when merged.concerns(fingerprint) ->
                merged.change() == AlertEvent.Change.RESOLVED
                        ? new Standing(Standing.State.RESOLVED, null, name + " ended" + at)
                        : new Standing(Standing.State.FIRING, null, name + " fired" + at);
            default -> null;
        };
    }

    private static boolean wasNeverStored(Standing standing) {
        return switch (standing.state()) {
            case FIRING, RESOLVED -> false;
            case REFUSED, LIMITED, NOT_RECEIVED -> true;
        };
    }

    private Cause cause(Standing standing, List<GroupExplanation> groups) {
        return switch (standing.state()) {
            case REFUSED -> Cause.REFUSED;
            case LIMITED -> Cause.LIMITED;
            case NOT_RECEIVED -> Cause.NOT_RECEIVED;
            case FIRING, RESOLVED ->
                captured.inForce() == null
                        ? Cause.NOT_RUNNING
                        : GroupReading.worst(
                                groups.stream().map(GroupExplanation::cause).toList());
        };
    }

    private String sentence(Standing standing, List<GroupExplanation> groups) {
        StringBuilder out = new StringBuilder(standing.reason());
        if (captured.inForce() == null) {
            out.append("; no configuration is in force yet");
        }
        boolean imagined = wasNeverStored(standing);
        String between = imagined ? "; if it fired now: " : ": ";
        for (GroupExplanation group : groups) {
            out.append(between).append(group.text());
            between = "; ";
        }
        if (captured.morePlaces() > 0) {
            out.append("; and ")
                    .append(captured.morePlaces())
                    .append(captured.morePlaces() == 1 ? " more route" : " more routes");
        }
        if (!captured.trouble().isEmpty()) {
            out.append("; but ").append(captured.trouble());
        }
        return out.append('.').toString();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!captured.trouble().isEmpty()) {
            notes.add(captured.trouble());
        }
        if (!captured.hindrance().isEmpty()) {
            notes.add("this node does not notify now: " + captured.hindrance());
        }
        Alert alert = captured.alert();
        for (HistoryLine line : heard.ofAlert()) {
            if (alert != null
                    && line.event() instanceof AlertEvent.Refused refused
                    && line.at().isAfter(alert.updatedAt())) {
                notes.add("a later report of it was " + refused.reason());
                break;
            }
        }
        return notes;
    }
}
