package dev.tocsin.core.explain;

import dev.tocsin.core.explain.PastWords.Word;
import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.HubEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.route.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert was notified or not at some time: the last word of the journals on each of its groups before that time,
 * with the routing tree that was in force then, if it is known.
 */
final class PastReading {
    private final Captured captured;
    private final Heard heard;
    private final @Nullable PastTree tree;
    private final @Nullable Instant oldest;
    private final String name;

    /**
     * @param tree null if it is not known
     * @param oldest since when trees are known; null if none is
     */
    PastReading(Captured captured, Heard heard, @Nullable PastTree tree, @Nullable Instant oldest) {
        this.captured = captured;
        this.heard = heard;
        this.tree = tree;
        this.oldest = oldest;
        this.name = Wording.alert(captured.labels(), captured.fingerprint());
    }

    Explanation explanation() {
        Standing standing = standing();
        LabelSet labels = captured.labels();
        List<GroupExplanation> groups = new ArrayList<>();
        int more = 0;
        if (tree != null && labels != null) {
            List<Route> routes = tree.routes().match(labels);
            more = Math.max(0, routes.size() - Explainer.MAX_GROUPS);
            for (Route route : routes.subList(0, routes.size() - more)) {
                groups.add(new PastGroup(captured, heard, tree, route, labels).explanation());
            }
        }
        List<Word> words = words(standing, groups);
        return new Explanation(
                sentence(standing, words),
                cause(standing, words),
                captured.fingerprint(),
                labels,
                captured.at(),
                true,
                captured.self(),
                standing,
                tree == null || labels == null ? null : tree.routes().explain(labels),
                groups,
                more,
                heard.all(),
                notes(),
                heard.silent());
    }

    private static boolean wasStored(Standing standing) {
        return switch (standing.state()) {
            case FIRING, RESOLVED -> true;
            case REFUSED, LIMITED, NOT_RECEIVED -> false;
        };
    }

    private static Cause cause(Standing standing, List<Word> words) {
        return switch (standing.state()) {
            case REFUSED -> Cause.REFUSED;
            case LIMITED -> Cause.LIMITED;
            case NOT_RECEIVED -> Cause.NOT_RECEIVED;
            case FIRING, RESOLVED ->
                words.isEmpty()
                        ? Cause.WAITING
                        : GroupReading.worst(words.stream().map(Word::cause).toList());
        };
    }

    private String sentence(Standing standing, List<Word> words) {
        return "At " + Wording.time(captured.at()) + ": " + standing.reason()
                + (words.isEmpty()
                        ? ""
                        : ": "
                                + String.join(
                                        "; ", words.stream().map(Word::text).toList())) + ".";
    }

    private Standing standing() {
        for (HistoryLine line : heard.ofAlert()) {
            Standing standing = LiveReading.standing(line, name, captured.fingerprint());
            if (standing != null) {
                return standing;
            }
        }
        boolean grouped = heard.ofAlert().stream().anyMatch(line -> line.event() instanceof GroupEvent);
        return grouped
                ? new Standing(Standing.State.FIRING, null, name + " was known")
                : new Standing(Standing.State.NOT_RECEIVED, null, name + " was not known to any node that answers");
    }

    /** One for each place of the tree, and one for each group that the journals know and the tree does not. */
    private List<Word> words(Standing standing, List<GroupExplanation> groups) {
        List<Word> words = new ArrayList<>();
        if (!wasStored(standing)) {
            return words;
        }
        Set<String> seen = new LinkedHashSet<>();
        for (GroupExplanation group : groups) {
            seen.add(group.groupKey() + "\n" + group.receiver());
            words.add(new Word(group.cause(), group.text()));
        }
        for (HistoryLine line : heard.newestFirst()) {
            String key = line.event().groupKey();
            String receiver = line.event().receiver();
            if (!key.isEmpty() && seen.add(key + "\n" + receiver)) {
                List<HistoryLine> lines = heard.ofGroup(key, receiver);
                PastWords told = new PastWords(
                        captured.fingerprint(), captured.labels(), heard.ended(captured.fingerprint()), lines);
                Word said = told.all(told.integrations());
                if (said != null) {
                    words.add(new Word(said.cause(), "receiver " + receiver + " " + said.text()));
                }
            }
        }
        return words;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (tree == null) {
            notes.add(
                    oldest == null
                            ? "which routes there were then is not known on this node"
                            : "which routes there were then is not known on this node: the oldest configuration that it"
                                    + " remembers came into force at " + Wording.time(oldest));
        } else if (tree.until() != null) {
            notes.add("the routes are those of the configuration that was in force from "
                    + Wording.time(tree.since()) + " to " + Wording.time(tree.until())
                    + ", which is not the one in force now");
        }
        for (HistoryLine line : heard.ofAlert()) {
            if (line.event() instanceof HubEvent.Gap gap) {
                notes.add(line.node().isEmpty() ? gap.reason() : line.node() + ": " + gap.reason());
            }
        }
        boolean routed = heard.ofAlert().stream().anyMatch(line -> line.event() instanceof AlertEvent.Routed);
        if (!routed) {
            notes.add("no journal tells how it was routed");
        }
        if (heard.cut()) {
            notes.add(Heard.CUT);
        }
        return notes;
    }
}
