package dev.tocsin.core.mute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.interval.TimeInterval;
import dev.tocsin.core.interval.TimeIntervalSpec;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.mute.MuteVerdict.Inhibited;
import dev.tocsin.core.mute.MuteVerdict.InsideMuteIntervals;
import dev.tocsin.core.mute.MuteVerdict.NotMuted;
import dev.tocsin.core.mute.MuteVerdict.OutsideActiveIntervals;
import dev.tocsin.core.mute.MuteVerdict.Silenced;
import dev.tocsin.core.silence.FixedSilences;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MuteStagesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final TimeInterval ALWAYS = new TimeInterval("always", List.of(TimeIntervalSpec.ALWAYS));
    private static final TimeInterval TWICE =
            new TimeInterval("off", List.of(TimeIntervalSpec.ALWAYS, TimeIntervalSpec.ALWAYS));
    private static final TimeInterval NEVER = new TimeInterval("never", List.of());

    private static final LabelSet SOURCE = LabelSet.of("sev", "crit");
    private static final LabelSet INHIBITED = LabelSet.of("sev", "warn");
    private static final LabelSet SILENCED = LabelSet.of("quiet", "yes");
    private static final LabelSet AUDIBLE = LabelSet.of("n", "1");

    private final FixedSilences silences =
            new FixedSilences(labels -> labels.equals(SILENCED) ? List.of("id-1", "id-2") : List.of());
    private MuteStages stages;

    MuteStagesTest() throws InvalidMatcherException {
        this.stages = new MuteStages(new Inhibitor(List.of()), silences);
    }

    @BeforeEach
    void inhibition() throws InvalidMatcherException {
        Inhibitor inhibitor = new Inhibitor(List.of(new InhibitRuleConfig(
                "crit",
                Map.of(),
                Map.of(),
                List.of(Matcher.equal("sev", "crit")),
                Map.of(),
                Map.of(),
                List.of(Matcher.equal("sev", "warn")),
                List.of())));
        inhibitor.stored(alert(SOURCE), null);
        stages = new MuteStages(inhibitor, silences);
    }

    private static Alert alert(LabelSet labels) {
        return new Alert(
                labels,
                LabelSet.EMPTY,
                NOW.minusSeconds(60),
                ZoneOffset.UTC,
                NOW.plusSeconds(60),
                ZoneOffset.UTC,
                NOW,
                "",
                false);
    }

    private MuteVerdict verdict(LabelSet labels, RouteIntervals intervals) {
        return stages.verdict(labels, intervals, NOW, NOW);
    }

    @Test
    void nothingMutesAnOrdinaryAlert() {
        assertThat(verdict(AUDIBLE, RouteIntervals.NONE)).isEqualTo(new NotMuted());
        assertThat(verdict(AUDIBLE, new RouteIntervals(List.of(NEVER, ALWAYS), List.of(NEVER))))
                .isEqualTo(new NotMuted());
    }

    @Test
    void theFirstStageThatMutesIsNamed() {
        RouteIntervals outside = new RouteIntervals(List.of(NEVER), List.of(ALWAYS));
        RouteIntervals inside = new RouteIntervals(List.of(ALWAYS), List.of(ALWAYS));
        assertThat(verdict(INHIBITED, outside)).isEqualTo(new Inhibited(SOURCE, 0, "crit"));
        assertThat(verdict(SILENCED, outside)).isEqualTo(new OutsideActiveIntervals(List.of("never")));
        assertThat(verdict(SILENCED, inside)).isEqualTo(new InsideMuteIntervals(List.of("always")));
        assertThat(verdict(SILENCED, RouteIntervals.NONE)).isEqualTo(new Silenced(List.of("id-1", "id-2")));
    }

    @Test
    void allActiveIntervalsAreNamedAndMuteIntervalsOncePerSpecification() {
        assertThat(new RouteIntervals(List.of(NEVER, NEVER), List.of()).verdict(NOW))
                .isEqualTo(new OutsideActiveIntervals(List.of("never", "never")));
        assertThat(new RouteIntervals(List.of(), List.of(TWICE, NEVER, ALWAYS)).verdict(NOW))
                .isEqualTo(new InsideMuteIntervals(List.of("off", "off", "always")));
    }

    @Test
    void reasonsAreSentences() {
        assertThat(verdict(INHIBITED, RouteIntervals.NONE).reason())
                .isEqualTo("inhibited by alert " + SOURCE.fingerprintText()
                        + " {sev=\"crit\"} through inhibition rule \"crit\"");
        assertThat(new Inhibited(SOURCE, 3, "").reason()).endsWith("through inhibition rule #3");
        assertThat(new OutsideActiveIntervals(List.of("day", "week")).reason())
                .isEqualTo("outside the active time intervals day, week");
        assertThat(new InsideMuteIntervals(List.of("off", "off")).reason())
                .isEqualTo("inside the mute time interval off");
        assertThat(new Silenced(List.of("a", "b")).reason()).isEqualTo("silenced by a, b");
        assertThat(new NotMuted().reason()).isEqualTo("nothing mutes it");
    }

    @Test
    void aFlushKeepsTheOrderAndSaysWhatMutesTheOthers() {
        MutedFlush flush = stages.flush(
                List.of(alert(SILENCED), alert(AUDIBLE), alert(INHIBITED), alert(SOURCE)),
                RouteIntervals.NONE,
                NOW,
                NOW);
        assertThat(flush.notified()).containsExactly(alert(AUDIBLE), alert(SOURCE));
        assertThat(flush.muted())
                .containsExactly(
                        new MutedFlush.Muted(alert(INHIBITED), new Inhibited(SOURCE, 0, "crit")),
                        new MutedFlush.Muted(alert(SILENCED), new Silenced(List.of("id-1", "id-2"))));
        assertThat(flush.mutedBy()).isEmpty();
    }

    @Test
    void intervalsMuteTheWholeGroup() {
        MutedFlush flush = stages.flush(
                List.of(alert(SILENCED), alert(INHIBITED)), new RouteIntervals(List.of(), List.of(TWICE)), NOW, NOW);
        assertThat(flush.notified()).isEmpty();
        assertThat(flush.mutedBy()).containsExactly("off", "off");
        assertThat(flush.muted())
                .extracting(MutedFlush.Muted::verdict)
                .containsExactly(new Inhibited(SOURCE, 0, "crit"), new InsideMuteIntervals(List.of("off", "off")));
    }

    @Test
    void intervalsAreNotAskedWhenAllIsInhibited() {
        MutedFlush flush =
                stages.flush(List.of(alert(INHIBITED)), new RouteIntervals(List.of(NEVER), List.of()), NOW, NOW);
        assertThat(flush.mutedBy()).isNull();
        assertThat(flush.muted()).hasSize(1);
    }
}
