package dev.tocsin.core.journal;

import dev.tocsin.core.journal.NotificationEvent.Attempted.Verdict;
import dev.tocsin.core.journal.NotificationEvent.Destination;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.log.AlertHashes;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.FailureReason;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** At least one event of each type. */
public final class SampleEvents {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final LabelSet LABELS = LabelSet.of("alertname", "Höhe", "instance", "a:9100");
    private static final Fingerprints SOME = Fingerprints.of(-1, 5, 7);
    private static final Destination TO = new Destination("{}:{a=\"b\"}", "pager", "webhook[0]");

    private SampleEvents() {}

    /** A silence with a comment. */
    public static Silence silence(String comment) {
        return new Silence(
                "3b1b6b0e-51ab-4b1e-9d76-6f1f7c7a4b0a",
                List.of(List.of(Matcher.equal("instance", "a:9100"))),
                AT,
                AT.plusSeconds(60),
                AT,
                "ann",
                comment,
                Map.of(),
                AT.plusSeconds(120));
    }

    /** All of them. */
    public static List<JournalEvent> all() {
        return List.of(
                new AlertEvent.Received("10.0.0.1", 3, 1, SOME),
                new AlertEvent.Refused("10.0.0.1", LabelSet.EMPTY, "no name"),
                new AlertEvent.Merged(LABELS, AlertEvent.Change.REFIRED, "10.0.0.1"),
                new AlertEvent.Limited(LABELS, 10),
                new AlertEvent.Omitted("10.0.0.1", 1, 2),
                new AlertEvent.Routed(-9, List.of("{}", "{}/0"), List.of("a", "b")),
                new GroupEvent.Grouped("{}:{}", "pager", 5, true),
                new GroupEvent.Flushed("{}:{}", "pager", SOME, Fingerprints.of(9)),
                new GroupEvent.TurnTaken("{}:{}", "pager", "it was late"),
                new GroupEvent.Inhibited("{}:{}", "pager", List.of(new GroupEvent.Inhibited.Inhibition(1, 2, "quiet"))),
                new GroupEvent.Silenced(
                        "{}:{}", "pager", List.of(new GroupEvent.Silenced.Silencing(1, List.of("x", "y")))),
                new GroupEvent.IntervalMuted("{}:{}", "pager", SOME, List.of("nights"), true, AT),
                new GroupEvent.IntervalMuted("{}:{}", "pager", SOME, List.of("nights"), false, null),
                new NotificationEvent.Deduplicated(TO, "told", new NotificationEvent.Told("b", AT, 7)),
                new NotificationEvent.Deduplicated(TO, "nothing", null),
                new NotificationEvent.Claimed(TO, 7, NotificationReason.FIRST_NOTIFICATION, true, "doubt"),
                new NotificationEvent.Refused(TO, 7, "node b holds it"),
                new NotificationEvent.Held(TO, 7, "no quorum"),
                new NotificationEvent.HandedOver(TO, 7, "b", "refused"),
                new NotificationEvent.Attempted(TO, 7, 2, Duration.ofNanos(1_234_567), Verdict.UNKNOWN, "reset"),
                new NotificationEvent.Delivered(
                        TO, 7, "key", NotificationReason.ALL_ALERTS_RESOLVED, SOME, SOME, 2, false, "200"),
                new NotificationEvent.Failed(TO, 7, FailureReason.SERVER_ERROR, "500", 3, true),
                new NotificationEvent.Repeated(TO, 7, "key", "doubt"),
                new NotificationEvent.Skipped(TO, "only resolved"),
                new NotificationEvent.Learned(TO, 7, "key", "b", AT, AlertHashes.of(4, 5), AlertHashes.EMPTY, true),
                new NotificationEvent.Unsure(TO, 7, "b", AT),
                new HubEvent.Started("1.0"),
                new HubEvent.Stopped("told to"),
                new HubEvent.ConfigLoaded("a.yml", "ff"),
                new HubEvent.ConfigRefused("a.yml", "line 3"),
                new HubEvent.SilenceCreated(silence("new")),
                new HubEvent.SilenceUpdated(silence("old"), silence("new")),
                new HubEvent.SilenceExpired(silence("new")),
                new HubEvent.MemberJoined("b"),
                new HubEvent.MemberLost("b", "silence"),
                new HubEvent.TurnedCold("stood still"),
                new HubEvent.TurnedWarm(),
                new HubEvent.Gap(-1, AT),
                new HubEvent.Interrupted(AT));
    }
}
