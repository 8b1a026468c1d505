package dev.tocsin.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.explain.Cause;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.GroupExplanation;
import dev.tocsin.core.explain.IntegrationExplanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of the past is what the journal tells of each decision, for 200 random hubs. */
class ExplainPastAgreesTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 12;

    /** What cannot be if nobody was ever told. */
    private static final Set<Cause> TOLD = EnumSet.of(Cause.NOTIFIED, Cause.RESOLVED);

    private final Set<Cause> seen = EnumSet.noneOf(Cause.class);
    private int compared;

    @Test
    void withEveryDecision() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RandomHub world = new RandomHub(seed);
            for (int step = 0; step < STEPS; step++) {
                world.step();
            }
            world.hub().time().advance(Duration.ofMinutes(1));
            compareAll(seed, world);
        }
        assertThat(compared).isGreaterThan(SEEDS * STEPS);
        assertThat(seen)
                .contains(
                        Cause.NOTIFIED,
                        Cause.RESOLVED,
                        Cause.RESOLVED_BEFORE_FLUSH,
                        Cause.INHIBITED,
                        Cause.SILENCED,
                        Cause.MUTED,
                        Cause.FAILING);
    }

    private void compareAll(long seed, RandomHub world) {
        TestHub hub = world.hub();
        List<JournalEntry> entries = hub.journal()
                .read(JournalFilter.ALL, JournalCursor.NONE, 10_000)
                .entries();
        Set<Instant> decisions = new TreeSet<>();
        for (JournalEntry entry : entries) {
            if (entry.event() instanceof GroupEvent.Flushed
                    || entry.event() instanceof NotificationEvent.Delivered
                    || entry.event() instanceof NotificationEvent.Failed) {
                decisions.add(entry.at());
            }
        }
        for (Instant at : decisions) {
            List<JournalEntry> before = entries.stream()
                    .filter(entry -> entry.at().isBefore(at.plusMillis(1)))
                    .toList();
            for (LabelSet labels : world.alerts()) {
                boolean known = before.stream().anyMatch(entry -> entry.event().concerns(labels.fingerprint()));
                // a fifth of the questions finds what all would
                if (known && Math.floorMod(labels.fingerprint() ^ at.getNano() ^ at.getEpochSecond(), 5) == 0) {
                    Explanation said = hub.explain(Question.of(labels).at(at));
                    compared++;
                    for (GroupExplanation group : said.groups()) {
                        compare("seed " + seed + " " + said.sentence() + " " + said.history(), group, labels, before);
                    }
                }
            }
        }
    }

    private void compare(String about, GroupExplanation group, LabelSet labels, List<JournalEntry> before) {
        long alert = labels.fingerprint();
        Cause muted = null;
        boolean ended = false;
        for (JournalEntry entry : before) {
            switch (entry.event()) {
                case AlertEvent.Merged merged
                when merged.concerns(alert) -> ended = merged.change() == AlertEvent.Change.RESOLVED;
                case GroupEvent.Flushed flushed
                when flushed.concerns(alert) -> {
                    ended = flushed.resolved().contains(alert);
                    muted = isOf(group, flushed) ? null : muted;
                }
                case GroupEvent event when isOf(group, event) -> muted = mutedBy(event, alert, muted);
                default -> {}
            }
        }
        if (muted != null && !group.integrations().isEmpty()) {
            assertThat(group.cause()).as(about).isEqualTo(muted);
            seen.add(muted);
            return;
        }
        for (IntegrationExplanation integration : group.integrations()) {
            seen.add(integration.cause());
            compare(about, group, integration, alert, ended, before);
        }
    }

    private static boolean isOf(GroupExplanation group, GroupEvent event) {
        return event.groupKey().equals(group.groupKey()) && event.receiver().equals(group.receiver());
    }

    private static @Nullable Cause mutedBy(GroupEvent event, long alert, @Nullable Cause otherwise) {
        return switch (event) {
            case GroupEvent.Inhibited inhibited
            when inhibited.causes().stream().anyMatch(cause -> cause.fingerprint() == alert) -> Cause.INHIBITED;
            case GroupEvent.Silenced silenced when silenced.concerns(alert) -> Cause.SILENCED;
            case GroupEvent.IntervalMuted byTime when byTime.concerns(alert) -> Cause.MUTED;
            default -> otherwise;
        };
    }

    private static void compare(
            String about,
            GroupExplanation group,
            IntegrationExplanation integration,
            long alert,
            boolean ended,
            List<JournalEntry> before) {
        boolean everTold = false;
        NotificationEvent.Delivered last = null;
        NotificationEvent latest = null;
        for (JournalEntry entry : before) {
            if (entry.event() instanceof NotificationEvent event
                    && event.groupKey().equals(group.groupKey())
                    && event.receiver().equals(group.receiver())
                    && event.to().integration().equals(integration.integration())) {
                latest = event;
                if (event instanceof NotificationEvent.Delivered delivered) {
                    last = delivered;
                    everTold |= delivered.concerns(alert);
                }
            }
        }
        String where = about + " " + group.groupKey() + " " + integration.integration();
        if (!everTold) {
            assertThat(integration.cause()).as(where).isNotIn(TOLD);
        }
        if (!ended && last != null && last.firing().contains(alert)) {
            assertThat(integration.cause()).as(where).isEqualTo(Cause.NOTIFIED);
        } else if (ended && last != null && last.resolved().contains(alert)) {
            assertThat(integration.cause()).as(where).isEqualTo(Cause.RESOLVED);
        } else if (!ended && latest instanceof NotificationEvent.Failed) {
            assertThat(integration.cause()).as(where).isEqualTo(Cause.FAILING);
        }
        if (last != null) {
            assertThat(Objects.requireNonNull(integration.last(), where).sequence())
                    .as(where)
                    .isEqualTo(last.sequence());
        }
    }
}
