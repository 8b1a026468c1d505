package dev.tocsin.api.hub;

import dev.tocsin.api.TestInterface;
import dev.tocsin.api.service.ReceiverService;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.dedup.DedupVerdict;
import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.HistoryLine;
import dev.tocsin.core.explain.IntegrationExplanation;
import dev.tocsin.core.explain.LastNotification;
import dev.tocsin.core.explain.StageVerdict;
import dev.tocsin.core.explain.Standing;
import dev.tocsin.core.group.GroupMoment;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.hub.Membership;
import dev.tocsin.core.journal.Fingerprints;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.mute.MuteVerdict;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.route.RouteBuilder;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDifference;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What hubs behind an interface are like. */
final class HubState {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");
    static final String SILENCE = "5838ad3f-aa1c-4a1e-a9d9-12bc1ad1f61c";
    static final LabelSet LABELS = LabelSet.of("alertname", "A", "team", "x");

    private record Settings(boolean sendResolved) implements IntegrationConfig {}

    private HubState() {}

    static Alert alert(LabelSet labels) {
        return new Alert(
                labels,
                LabelSet.of("summary", "s"),
                NOW,
                ZoneOffset.ofHours(2),
                LATER,
                ZoneOffset.UTC,
                NOW,
                "http://prometheus/graph",
                false);
    }

    static Silence silence(String id) {
        return new Silence(
                id,
                List.of(List.of(Matcher.equal("team", "x"))),
                NOW,
                LATER,
                NOW,
                "me",
                "why",
                Map.of("t", "T-1"),
                LATER);
    }

    /** One alert that is silenced and inhibited, another that is neither, and everything around them. */
    static void fill(TestInterface api) {
        api.hub.alerts.add(new AlertView(
                alert(LABELS), List.of("pager"), List.of("0123456789abcdef"), List.of(SILENCE), List.of()));
        api.hub.alerts.add(new AlertView(
                alert(LabelSet.of("alertname", "B", "team", "x")), List.of("pager"), List.of(), List.of(), List.of()));
        api.hub.receivers.add(new ReceiverConfig(
                "pager",
                Map.of("name", "pager", "owner", "sre"),
                List.of(new ReceiverConfig.Integration("webhook", 0, new Settings(true)))));
        api.hub.silences.all.add(silence(SILENCE));
        api.hub.routes = new RouteBuilder()
                .receiver("nobody")
                .child(new RouteBuilder().receiver("pager").match("team", "x").mute("nights"))
                .child(new RouteBuilder().receiver("pager").match("team", "y"))
                .tree();
        api.hub.membership = new Membership.Alone("hub-1", "127.0.0.1:9094");
        api.hub.status =
                new HubStatus("hub-1", "ready", api.hub.membership.peers(), "route:\n  receiver: pager\n", NOW);
        Explanation explanation = explanation(api.hub.routes);
        api.hub.explanation = explanation;
        explanation.history().forEach(line -> api.journal.append(line.event()));
        api.hub.whatIfAnswer = new WhatIfAnswer.Compared(comparison());
        api.testAnswer = CompletableFuture.completedFuture(
                List.of(new ReceiverService.TestResult("webhook[0]", true, "200", false, Duration.ofMillis(12))));
    }

    static NotificationEvent failed(long sequence) {
        return new NotificationEvent.Failed(
                new NotificationEvent.Destination("{}:{}", "pager", "webhook[0]"),
                sequence,
                FailureReason.SERVER_ERROR,
                "503",
                3,
                false);
    }

    private static Comparison comparison() {
        return new Comparison(
                "One alert would go elsewhere.",
                NOW,
                2,
                1,
                0,
                1,
                0,
                List.of(new Comparison.AlertChange(
                        LABELS.fingerprint(), LABELS, List.of("pager"), List.of("nobody"), List.of(), "no route")),
                List.of(new Comparison.GroupChange("{}:{}", "pager", true, false, 1, "empty")),
                List.of(new Comparison.ReceiverChange("pager", 2, 1)),
                List.of(new ConfigDifference("route", "{}", ConfigDifference.Change.REMOVED, "")));
    }

    private static Explanation explanation(RouteTree tree) {
        NotificationEvent.Destination to = new NotificationEvent.Destination("{}:{}", "pager", "webhook[0]");
        List<HistoryLine> history = List.of(
                new HistoryLine(
                        NOW,
                        "hub-1",
                        new NotificationEvent.Delivered(
                                to,
                                7,
                                "key",
                                NotificationReason.FIRST_NOTIFICATION,
                                Fingerprints.of(LABELS.fingerprint()),
                                Fingerprints.NONE,
                                2,
                                true,
                                "200")),
                new HistoryLine(
                        NOW, "hub-1", new NotificationEvent.Failed(to, 6, FailureReason.SERVER_ERROR, "503", 3, false)),
                new HistoryLine(NOW, "hub-2", new HubEvent.Started("0.1.0")));
        return new Explanation(
                "It is silenced.",
                Cause.SILENCED,
                LABELS.fingerprint(),
                LABELS,
                NOW,
                false,
                "hub-1",
                new Standing(Standing.State.FIRING, alert(LABELS), "it fires"),
                tree.explain(LABELS),
                List.of(group(tree, history)),
                0,
                history,
                List.of("the latest configuration was refused"),
                List.of("hub-3"));
    }

    private static GroupExplanation group(RouteTree tree, List<HistoryLine> history) {
        return new GroupExplanation(
                tree.root().children().getFirst(),
                "{}:{}",
                LabelSet.EMPTY,
                true,
                2,
                new GroupMoment(GroupMoment.State.IDLE, LATER, null, NOW, true, null),
                List.of("hub-1", "hub-2"),
                List.of(
                        stage(StageVerdict.Stage.INHIBITION, new MuteVerdict.Inhibited(LABELS, 0, "rule"), false),
                        stage(StageVerdict.Stage.TIME_INTERVALS, new MuteVerdict.NotMuted(), false),
                        stage(StageVerdict.Stage.SILENCES, new MuteVerdict.Silenced(List.of(SILENCE)), true)),
                List.of(new IntegrationExplanation(
                        "webhook[0]",
                        true,
                        new DedupVerdict.Quiet(DedupVerdict.Why.ALREADY_NOTIFIED, null, LATER),
                        false,
                        new LastNotification(NOW, "hub-1", 7, false, true, false),
                        LATER,
                        "",
                        history,
                        Cause.NOTIFIED,
                        "it knows")),
                Cause.SILENCED,
                "silenced");
    }

    private static StageVerdict stage(StageVerdict.Stage stage, MuteVerdict verdict, boolean decides) {
        return new StageVerdict(stage, verdict, decides, decides ? LATER : null, verdict.reason());
    }
}
