package dev.tocsin.core.explain;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.AggregationGroup;
import dev.tocsin.core.group.GroupFlush;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.pipeline.FlushPreview;
import dev.tocsin.core.pipeline.IntegrationDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of an alert at one node of the tree: what its flush would do, and why. */
final class GroupReading {
    /** What answers first if several integrations differ: what a person would act upon. */
    private static final List<Cause> WORST_FIRST = List.of(
            Cause.NO_ROUTE,
            Cause.NO_INTEGRATION,
            Cause.FAILING,
            Cause.HELD,
            Cause.NOT_RUNNING,
            Cause.INHIBITED,
            Cause.SILENCED,
            Cause.MUTED,
            Cause.RESOLVED_BEFORE_FLUSH,
            Cause.DUE,
            Cause.WAITING,
            Cause.RESOLVED_NOT_SENT,
            Cause.NOTIFIED,
            Cause.RESOLVED);

    private final Captured captured;
    private final Heard heard;
    private final InForce inForce;
    private final Captured.Place place;
    private final Alert alert;
    private final boolean member;
    private final Instant tick;

    /** @param alert as it is stored, or as it would be */
    GroupReading(Captured captured, Heard heard, InForce inForce, Captured.Place place, Alert alert) {
        this.captured = captured;
        this.heard = heard;
        this.inForce = inForce;
        this.place = place;
        this.alert = alert;
        AggregationGroup group = place.group();
        this.member = group != null && group.find(alert.labels()) != null;
        this.tick = tick(place.moment());
    }

    static Cause worst(List<Cause> causes) {
        for (Cause cause : WORST_FIRST) {
            if (causes.contains(cause)) {
                return cause;
            }
        }
        return causes.isEmpty() ? Cause.NOT_RECEIVED : causes.getFirst();
    }

    private Instant tick(@Nullable GroupMoment moment) {
        Instant now = captured.at();
        if (moment != null) {
            Instant due = moment.dueSince();
            return due != null ? due : moment.nextFlush().isAfter(now) ? moment.nextFlush() : now;
        }
        Instant from = alert.startsAt().plus(place.route().options().groupWait());
        return from.isAfter(now) ? from : now;
    }

    private boolean fires() {
        return !alert.resolvedAt(captured.at());
    }

    GroupExplanation explanation() {
        Alert more = member || !fires() ? null : alert;
        AggregationGroup group = place.group();
        GroupMoment moment = place.moment();
        GroupFlush flush = group == null || moment == null
                ? GroupFlush.preview(place.route(), place.groupLabels(), List.of(), more, tick, captured.at())
                : group.preview(moment, tick, more);
        FlushPreview preview = inForce.pipeline().preview(flush);
        List<StageVerdict> stages = new StageReading(
                        inForce.pipeline().muteStages(),
                        inForce.pipeline().intervals(place.route()),
                        alert.labels(),
                        tick,
                        captured.at())
                .stages();
        List<IntegrationExplanation> integrations = new ArrayList<>();
        for (IntegrationDecision decision : preview.integrations()) {
            integrations.add(new IntegrationReading(
                            captured,
                            place,
                            alert,
                            member,
                            decision,
                            heard.notifications(
                                    place.groupKey(),
                                    decision.target().receiver(),
                                    decision.target().name()))
                    .explanation());
        }
        Said said = said(stages, integrations);
        return new GroupExplanation(
                place.route(),
                place.groupKey(),
                place.groupLabels(),
                member,
                group == null ? 0 : size(group),
                moment,
                place.order(),
                stages,
                integrations,
                said.cause(),
                said.text());
    }

    private static int size(AggregationGroup group) {
        int[] count = {0};
        group.forEach((one, state) -> count[0]++);
        return count[0];
    }

    private record Said(Cause cause, String text) {}

    private Said said(List<StageVerdict> stages, List<IntegrationExplanation> integrations) {
        String receiver = "receiver " + place.route().options().receiver();
        boolean isRoot = place.route().number() == 0;
        boolean fallback = isRoot && !place.route().children().isEmpty();
        String lead = fallback ? "no route below the root matches, so it goes to " + receiver + ", which" : receiver;
        if (integrations.isEmpty()) {
            return new Said(
                    fallback ? Cause.NO_ROUTE : Cause.NO_INTEGRATION, lead + " has no integration: nobody is notified");
        }
        for (StageVerdict stage : stages) {
            if (fires() && stage.decides()) {
                return new Said(cause(stage), lead + before(integrations) + stage.text());
            }
        }
        Said muted = fires() ? null : mutedUntilItsEnd(lead, integrations);
        return muted == null ? told(lead, integrations) : muted;
    }

    private static String before(List<IntegrationExplanation> integrations) {
        for (IntegrationExplanation one : integrations) {
            LastNotification last = one.last();
            if (last != null && last.firing()) {
                return " was notified by " + last.node() + " at " + Wording.time(last.at())
                        + " and is not notified any more: ";
            }
        }
        return " is not notified: ";
    }

    private static Cause cause(StageVerdict stage) {
        return switch (stage.stage()) {
            case INHIBITION -> Cause.INHIBITED;
            case TIME_INTERVALS -> Cause.MUTED;
            case SILENCES -> Cause.SILENCED;
        };
    }

    private static Said told(String lead, List<IntegrationExplanation> integrations) {
        Set<String> texts = new LinkedHashSet<>();
        List<Cause> causes = new ArrayList<>();
        for (IntegrationExplanation one : integrations) {
            texts.add(one.text());
            causes.add(one.cause());
        }
        if (texts.size() == 1) {
            return new Said(worst(causes), lead + " " + texts.iterator().next());
        }
        List<String> parts = new ArrayList<>();
        for (IntegrationExplanation one : integrations) {
            parts.add(one.integration() + " " + one.text());
        }
        return new Said(
                worst(causes), lead + " has " + integrations.size() + " integrations: " + String.join("; ", parts));
    }

    /** An alert that ended untold because it was muted while it fired; null if that is not why. */
    private @Nullable Said mutedUntilItsEnd(String lead, List<IntegrationExplanation> integrations) {
        boolean untold = integrations.stream().allMatch(one -> one.cause() == Cause.RESOLVED_BEFORE_FLUSH);
        if (!untold) {
            return null;
        }
        for (HistoryLine line : heard.ofAlert()) {
            if (line.at().isBefore(alert.startsAt()) || !line.event().groupKey().equals(place.groupKey())) {
                continue;
            }
            Muted muted = Muted.of(line.event(), captured.fingerprint());
            if (muted != null) {
                return new Said(
                        muted.cause(),
                        lead + " was not notified while it fired: at " + Wording.time(line.at()) + " it was "
                                + muted.text());
            }
        }
        return null;
    }
}
