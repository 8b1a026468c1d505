package dev.tocsin.core.inhibit;

import dev.tocsin.core.inhibit.SourceSet.Source;
import dev.tocsin.core.label.LabelSet;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that a rule's source side matches, by the values that source and target must share. Written on the hub loop
 * only; any thread may ask.
 */
final class RuleSources {
    /**
     * Sources with the same values of the rule's {@code equal} labels. Those that the rule could also inhibit are kept
     * apart, because they do not count for targets that could inhibit in turn.
     */
    private record Bucket(SourceSet oneSided, SourceSet twoSided) {
        Bucket() {
            this(new SourceSet(), new SourceSet());
        }

        boolean isEmpty() {
            return oneSided.isEmpty() && twoSided.isEmpty();
        }
    }

    /** Where an alert is kept. */
    record Place(RuleSources rule, Object key, SourceSet set) {
        void put(Source source) {
            set.put(source);
        }

        void remove(long fingerprint) {
            set.remove(fingerprint);
            rule.buckets.computeIfPresent(key, (k, bucket) -> bucket.isEmpty() ? null : bucket);
        }
    }

    private final InhibitRule rule;
    private final Map<Object, Bucket> buckets = new ConcurrentHashMap<>();

    RuleSources(InhibitRule rule) {
        this.rule = rule;
    }

    /** The place for an alert, or null if the rule's source side does not match it. */
    @Nullable Place place(LabelSet labels) {
        if (!rule.isSource(labels)) {
            return null;
        }
        Object key = rule.equalKey(labels);
        Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket());
        return new Place(this, key, rule.isTarget(labels) ? bucket.twoSided() : bucket.oneSided());
    }

    /** The source that inhibits {@code target} at {@code now} by this rule, or null. */
    @Nullable Source inhibits(LabelSet target, Instant now) {
        if (buckets.isEmpty() || !rule.isTarget(target)) {
            return null;
        }
        Bucket bucket = buckets.get(rule.equalKey(target));
        if (bucket == null) {
            return null;
        }
        Source one = firing(bucket.oneSided(), now);
        Source two = firing(bucket.twoSided(), now);
        boolean twoEndsLater = two != null && (one == null || two.endsAt().isAfter(one.endsAt()));
        return twoEndsLater && !rule.isSource(target) ? two : one;
    }

    private static @Nullable Source firing(SourceSet set, Instant now) {
        Source last = set.last();
        return last != null && last.firesAt(now) ? last : null;
    }
}
