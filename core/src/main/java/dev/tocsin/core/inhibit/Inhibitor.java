package dev.tocsin.core.inhibit;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.InhibitRuleConfig;
import dev.tocsin.core.inhibit.InhibitVerdict.Inhibited;
import dev.tocsin.core.inhibit.InhibitVerdict.NotInhibited;
import dev.tocsin.core.inhibit.RuleSources.Place;
import dev.tocsin.core.inhibit.SourceSet.Source;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.store.AlertStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which alerts inhibit which (contract section 6.1). It must hear of every stored alert; a new one is told of
 * those that are stored already with {@code before} null. It keeps those that match a rule's source side until they are
 * removed, ended or not; the store's size bounds it.
 *
 * <p>Every source that fires counts, not only the one that was stored last. Written on the hub loop only; any thread may
 * ask for a verdict.
 */
public final class Inhibitor implements AlertStore.Subscriber {
    private static final InhibitVerdict NOT_INHIBITED = new NotInhibited();

    private final List<InhibitRule> rules;
    private final RuleSources[] sources;
    private final LiteralIndex sourceIndex;
    private final LiteralIndex targetIndex;

    /** Where each source is kept, by fingerprint. Hub loop only. */
    private final Map<Long, List<Place>> places = new HashMap<>();

    /**
     * Knows the rules and no alerts yet.
     *
     * @throws InvalidMatcherException if a rule's regular expression does not compile
     */
    public Inhibitor(List<InhibitRuleConfig> configs) throws InvalidMatcherException {
        List<InhibitRule> compiled = new ArrayList<>(configs.size());
        for (InhibitRuleConfig config : configs) {
            compiled.add(InhibitRule.of(config));
        }
        this.rules = List.copyOf(compiled);
        this.sources = rules.stream().map(RuleSources::new).toArray(RuleSources[]::new);
        this.sourceIndex =
                new LiteralIndex(rules.stream().map(InhibitRule::source).toList());
        this.targetIndex =
                new LiteralIndex(rules.stream().map(InhibitRule::target).toList());
    }

    /** One without rules. */
    public static Inhibitor none() {
        try {
            return new Inhibitor(List.of());
        } catch (InvalidMatcherException e) {
            throw new IllegalStateException("no rule, no matcher", e);
        }
    }

    /** How many rules there are. */
    public int ruleCount() {
        return rules.size();
    }

    /** The rule at {@code index}, counted from 0 in the order of the configuration. */
    public InhibitRule rule(int index) {
        return rules.get(index);
    }

    /** Takes in an alert, firing or not. On the hub loop. */
    @Override
    public void stored(Alert now, @Nullable Alert before) {
        List<Place> known = places.get(now.fingerprint());
        if (known == null) {
            if (before != null) {
                return; // its labels are the same, so it is no source today either
            }
            known = placesOf(now.labels());
            if (known.isEmpty()) {
                return;
            }
            places.put(now.fingerprint(), known);
        }
        Source source = new Source(now.labels(), now.endsAt());
        for (Place place : known) {
            place.put(source);
        }
    }

    private List<Place> placesOf(LabelSet labels) {
        List<Place> found = new ArrayList<>(0);
        for (int rule : sourceIndex.candidates(labels)) {
            Place place = sources[rule].place(labels);
            if (place != null) {
                found.add(place);
            }
        }
        return found;
    }

    /** Forgets an alert. On the hub loop. */
    @Override
    public void removed(Alert alert) {
        List<Place> known = places.remove(alert.fingerprint());
        if (known != null) {
            for (Place place : known) {
                place.remove(alert.fingerprint());
            }
        }
    }

    /** Whether an alert with the labels {@code target} is inhibited at {@code now}; the first rule that does names it. */
    public InhibitVerdict verdict(LabelSet target, Instant now) {
        for (int rule : targetIndex.candidates(target)) {
            Source source = sources[rule].inhibits(target, now);
            if (source != null) {
                return new Inhibited(source.labels(), rule, rules.get(rule).name());
            }
        }
        return NOT_INHIBITED;
    }
}
