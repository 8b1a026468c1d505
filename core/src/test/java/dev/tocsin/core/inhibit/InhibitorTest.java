package dev.tocsin.core.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.inhibit.InhibitVerdict.Inhibited;
import dev.tocsin.core.inhibit.InhibitVerdict.NotInhibited;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InhibitorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(300);

    private static List<Matcher> matchers(String text) {
        try {
            return new MatcherParser(MatcherMode.UTF8_STRICT).list(text, "config");
        } catch (InvalidMatcherException e) {
            throw new AssertionError(e);
        }
    }

    private static InhibitRuleConfig rule(String name, String source, String target, String... equal) {
        return new InhibitRuleConfig(
                name, Map.of(), Map.of(), matchers(source), Map.of(), Map.of(), matchers(target), List.of(equal));
    }

    private static Inhibitor inhibitor(InhibitRuleConfig... rules) {
        try {
            return new Inhibitor(List.of(rules));
        } catch (InvalidMatcherException e) {
            throw new AssertionError(e);
        }
    }

    private static Alert alert(Instant endsAt, LabelSet labels) {
        return new Alert(
                labels, LabelSet.EMPTY, NOW.minusSeconds(60), ZoneOffset.UTC, endsAt, ZoneOffset.UTC, NOW, "", false);
    }

    private static @Nullable String by(Inhibitor inhibitor, LabelSet target, Instant now) {
        return switch (inhibitor.verdict(target, now)) {
            case NotInhibited() -> null;
            case Inhibited inhibited -> inhibited.fingerprintText();
        };
    }

    @Test
    void aFiringSourceInhibitsUntilItEnds() {
        Inhibitor inhibitor = inhibitor(rule("crit", "sev=crit", "sev=warn", "host"));
        LabelSet source = LabelSet.of("sev", "crit", "host", "a");
        LabelSet target = LabelSet.of("sev", "warn", "host", "a");
        assertThat(by(inhibitor, target, NOW)).isNull();
        inhibitor.stored(alert(LATER, source), null);
        assertThat(inhibitor.verdict(target, NOW)).isEqualTo(new Inhibited(source, 0, "crit"));
        assertThat(by(inhibitor, LabelSet.of("sev", "warn", "host", "b"), NOW)).isNull();
        assertThat(by(inhibitor, source, NOW)).isNull();
        assertThat(by(inhibitor, target, LATER.minusNanos(1))).isEqualTo(source.fingerprintText());
        assertThat(by(inhibitor, target, LATER)).isNull();
    }

    @Test
    void aSourceThatResolvesOrIsForgottenInhibitsNoMore() {
        Inhibitor inhibitor = inhibitor(rule("", "sev=crit", "sev=warn"));
        LabelSet target = LabelSet.of("sev", "warn");
        Alert firing = alert(LATER, LabelSet.of("sev", "crit", "n", "1"));
        Alert resolved = alert(NOW, firing.labels());
        inhibitor.stored(firing, null);
        inhibitor.stored(resolved, firing);
        assertThat(by(inhibitor, target, NOW)).isNull();
        inhibitor.stored(firing, resolved);
        assertThat(by(inhibitor, target, NOW)).isEqualTo(firing.labels().fingerprintText());
        inhibitor.removed(firing);
        assertThat(by(inhibitor, target, NOW)).isNull();
        inhibitor.stored(firing, null);
        assertThat(by(inhibitor, target, NOW)).isNotNull();
    }

    @Test
    void anotherSourceTakesOverAtOnceWhenTheLatestOneResolves() {
        Inhibitor inhibitor = inhibitor(rule("", "sev=crit", "sev=warn"));
        LabelSet target = LabelSet.of("sev", "warn");
        Alert first = alert(LATER, LabelSet.of("sev", "crit", "n", "1"));
        Alert second = alert(LATER.plusSeconds(1), LabelSet.of("sev", "crit", "n", "2"));
        inhibitor.stored(first, null);
        inhibitor.stored(second, null);
        assertThat(by(inhibitor, target, NOW)).isEqualTo(second.labels().fingerprintText());
        inhibitor.stored(alert(NOW, second.labels()), second);
        assertThat(by(inhibitor, target, NOW)).isEqualTo(first.labels().fingerprintText());
        inhibitor.removed(second);
        assertThat(by(inhibitor, target, NOW)).isEqualTo(first.labels().fingerprintText());
    }

    @Test
    void missingLabelsCountAsEqual() {
        Inhibitor inhibitor = inhibitor(rule("", "sev=crit", "sev=warn", "host", "zone"));
        LabelSet source = LabelSet.of("sev", "crit");
        inhibitor.stored(alert(LATER, source), null);
        assertThat(by(inhibitor, LabelSet.of("sev", "warn"), NOW)).isEqualTo(source.fingerprintText());
        assertThat(by(inhibitor, LabelSet.of("sev", "warn", "zone", "z"), NOW)).isNull();
    }

    /** The recorded sample of contract section 13.5. */
    @Test
    void alertsThatAreSourceAndTargetDoNotInhibitEachOther() {
        Inhibitor inhibitor = inhibitor(rule("", "sev=crit", "sev=~\"warn|crit\"", "c"));
        LabelSet i1 = LabelSet.of("alertname", "I1", "sev", "crit", "c", "1");
        LabelSet i5 = LabelSet.of("alertname", "I5", "sev", "crit", "c", "1");
        LabelSet i2 = LabelSet.of("alertname", "I2", "sev", "warn", "c", "1");
        LabelSet i3 = LabelSet.of("alertname", "I3", "sev", "warn");
        LabelSet i4 = LabelSet.of("alertname", "I4", "sev", "crit");
        for (LabelSet labels : List.of(i5, i1, i2, i3, i4)) {
            inhibitor.stored(alert(LATER, labels), null);
        }
        assertThat(by(inhibitor, i2, NOW)).isEqualTo(i1.fingerprintText());
        assertThat(by(inhibitor, i3, NOW)).isEqualTo(i4.fingerprintText());
        assertThat(List.of(i1, i4, i5)).allMatch(labels -> by(inhibitor, labels, NOW) == null);
    }

    @Test
    void aTwoSidedSourceHidesNoOtherOne() {
        Inhibitor inhibitor = inhibitor(rule("", "a=1", "b=1"));
        LabelSet both = LabelSet.of("a", "1", "b", "1");
        LabelSet onlySource = LabelSet.of("a", "1");
        inhibitor.stored(alert(LATER, onlySource), null);
        inhibitor.stored(alert(LATER.plusSeconds(60), both), null);
        assertThat(by(inhibitor, both, NOW)).isEqualTo(onlySource.fingerprintText());
        assertThat(by(inhibitor, LabelSet.of("b", "1"), NOW)).isEqualTo(both.fingerprintText());
    }

    @Test
    void theEmptyRuleInhibitsNothing() {
        Inhibitor inhibitor = inhibitor(rule("", "", ""));
        inhibitor.stored(alert(LATER, LabelSet.of("a", "1")), null);
        assertThat(by(inhibitor, LabelSet.of("a", "2"), NOW)).isNull();
    }

    @Test
    void theFirstRuleThatAppliesIsNamed() {
        Inhibitor inhibitor =
                inhibitor(rule("x", "a=9", "b=~.+"), rule("y", "a=~.+", "b=~.+"), rule("z", "a=1", "b=1"));
        inhibitor.stored(alert(LATER, LabelSet.of("a", "1")), null);
        assertThat(inhibitor.verdict(LabelSet.of("b", "1"), NOW))
                .isEqualTo(new Inhibited(LabelSet.of("a", "1"), 1, "y"));
        assertThat(inhibitor.ruleCount()).isEqualTo(3);
    }

    @Test
    void oldAndNewFormsOfMatchersCombine() {
        InhibitRuleConfig config = new InhibitRuleConfig(
                "",
                Map.of("a", "1"),
                Map.of("b", "x|y"),
                matchers("c=1"),
                Map.of("t", "1"),
                Map.of("u", "z.*"),
                matchers("v!=1"),
                List.of());
        Inhibitor inhibitor = inhibitor(config);
        inhibitor.stored(alert(LATER, LabelSet.of("a", "1", "b", "x")), null);
        LabelSet target = LabelSet.of("t", "1", "u", "zz");
        assertThat(by(inhibitor, target, NOW)).isNull();
        inhibitor.stored(alert(LATER, LabelSet.of("a", "1", "b", "y", "c", "1")), null);
        assertThat(by(inhibitor, target, NOW)).isNotNull();
        assertThat(by(inhibitor, LabelSet.of("t", "1", "u", "zz", "v", "1"), NOW))
                .isNull();
    }

    @Test
    void thousandsOfRulesCostWhatTheFewDoThatCanApply() {
        List<List<Matcher>> targets = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            targets.add(matchers("sev=warn,cluster=c" + i));
        }
        targets.add(matchers("sev=~\"w.*\""));
        targets.add(matchers("cluster=~\"c1|c2\",sev=warn"));
        LiteralIndex index = new LiteralIndex(targets);
        assertThat(index.candidates(LabelSet.of("sev", "warn", "cluster", "c2")))
                .containsExactly(2, 10_000, 10_001);
        assertThat(index.candidates(LabelSet.of("sev", "warn"))).containsExactly(10_000);
    }

    record Step(LabelSet labels, int endsIn, boolean remove) {}

    @Provide
    Arbitrary<LabelSet> labels() {
        Arbitrary<String> value = Arbitraries.of("", "1", "2");
        return Combinators.combine(value, value, value)
                .as((a, b, c) -> LabelSet.of("a", a, "b", b, "c", c).withoutEmptyValues());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(labels(), Arbitraries.integers().between(-2, 4), Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<InhibitRuleConfig>> rules() {
        Arbitrary<String> side =
                Arbitraries.of("", "a=1", "a=\"\"", "b=~\"1|2\"", "b!=1", "a=1,b=2", "c=~.+", "c=~\"|1\"");
        Arbitrary<String[]> equal =
                Arbitraries.of(List.of(), List.of("c"), List.of("b", "c")).map(names -> names.toArray(String[]::new));
        return Combinators.combine(side, side, equal)
                .as((source, target, names) -> rule("", source, target, names))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** The definition of contract section 6.1, word by word, over all alerts. */
    @Property(tries = 2000)
    void verdictsFollowTheDefinition(
            @ForAll("rules") List<InhibitRuleConfig> rules,
            @ForAll("steps") List<Step> steps,
            @ForAll("labels") LabelSet target)
            throws InvalidMatcherException {
        Inhibitor inhibitor = new Inhibitor(rules);
        Map<LabelSet, Alert> stored = new HashMap<>();
        for (Step step : steps) {
            Alert before = stored.get(step.labels());
            if (step.remove()) {
                if (before != null) {
                    stored.remove(step.labels());
                    inhibitor.removed(before);
                }
            } else {
                Alert now = alert(NOW.plus(Duration.ofSeconds(step.endsIn())), step.labels());
                stored.put(step.labels(), now);
                inhibitor.stored(now, before);
            }
        }
        int expected = -1;
        for (int i = 0; i < rules.size() && expected < 0; i++) {
            InhibitRule rule = InhibitRule.of(rules.get(i));
            if (stored.values().stream().anyMatch(source -> inhibits(rule, source, target))) {
                expected = i;
            }
        }
        switch (inhibitor.verdict(target, NOW)) {
            case NotInhibited() -> assertThat(expected).isEqualTo(-1);
            case Inhibited(LabelSet source, int ruleIndex, String name) -> {
                assertThat(ruleIndex).isEqualTo(expected);
                Alert by = Objects.requireNonNull(stored.get(source));
                assertThat(inhibits(InhibitRule.of(rules.get(ruleIndex)), by, target))
                        .isTrue();
            }
        }
    }

    private static boolean inhibits(InhibitRule rule, Alert source, LabelSet target) {
        return rule.isTarget(target)
                && source.endsAt().isAfter(NOW)
                && rule.isSource(source.labels())
                && rule.equal().stream()
                        .allMatch(name -> source.labels().get(name).equals(target.get(name)))
                && !(rule.isSource(target) && rule.isTarget(source.labels()));
    }
}
