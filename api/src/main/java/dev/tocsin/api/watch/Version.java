package dev.tocsin.api.watch;

import dev.tocsin.api.service.ClusterService;
import dev.tocsin.api.service.GroupEntry;
import dev.tocsin.api.service.SilenceView;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Numbers for what watchers see of an item: the same on all nodes for states that are the same, others for others (64 bits
 * of FNV-1a, stirred). What moves without being a change does not count, such as an alert's end. Confined to its thread.
 */
public final class Version {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long state = BASIS;

    private Version() {}

    /** Of an alert. */
    public static long of(AlertView view) {
        Alert alert = view.alert();
        Version version = new Version().add(alert.fingerprint()).add(alert.startsAt());
        alert.annotations().forEach((name, value) -> version.add(name).add(value));
        return version.add(alert.generatorUrl())
                .addUnordered(view.silencedBy())
                .addUnordered(view.inhibitedBy())
                .addAll(view.receivers())
                .stirred();
    }

    /** Of a group without its alerts' contents. */
    public static long of(GroupEntry entry) {
        Version version = new Version()
                .add(entry.name())
                .addAll(entry.ranking())
                .addAll(entry.mutedBy())
                .add(entry.view().receiver())
                .add(entry.view().routeLabels());
        for (AlertView view : entry.view().alerts()) {
            version.add(view.alert().fingerprint())
                    .add((view.silencedBy().isEmpty() ? 0 : 1)
                            + (view.inhibitedBy().isEmpty() ? 0 : 2));
        }
        return version.stirred();
    }

    /** Of a silence and where it stands. */
    public static long of(SilenceView view) {
        Silence silence = view.silence();
        Version version = new Version()
                .add(silence.id())
                .add(view.state().name())
                .add(silence.startsAt())
                .add(silence.endsAt())
                .add(silence.updatedAt())
                .add(silence.createdBy())
                .add(silence.comment())
                .add(silence.annotations());
        for (List<Matcher> set : silence.matcherSets()) {
            version.add(set.size());
            set.forEach(matcher -> version.add(matcher.toString()));
        }
        return version.stirred();
    }

    /** Of a node. */
    public static long of(ClusterService.Node node) {
        return new Version()
                .add(node.name())
                .add(node.address())
                .add(node.self() ? 1 : 0)
                .stirred();
    }

    private Version add(long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            state = (state ^ (number >>> shift & 0xff)) * PRIME;
        }
        return this;
    }

    private Version add(Instant time) {
        return add(time.getEpochSecond()).add(time.getNano());
    }

    /** With its length, or texts beside each other could lend characters to one another. */
    private Version add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            state = (state ^ text.charAt(i)) * PRIME;
        }
        return this;
    }

    private Version addAll(Collection<String> texts) {
        add(texts.size());
        texts.forEach(this::add);
        return this;
    }

    /** The order in which nodes find them differs. */
    private Version addUnordered(Collection<String> texts) {
        long sum = texts.size();
        for (String text : texts) {
            sum += new Version().add(text).stirred();
        }
        return add(sum);
    }

    private Version add(Map<String, String> texts) {
        long sum = texts.size();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            sum += new Version().add(text.getKey()).add(text.getValue()).stirred();
        }
        return add(sum);
    }

    /** Spreads the last characters over all bits. */
    private long stirred() {
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
