package dev.tocsin.core.explain;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.explain.PastWords.Word;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.AlertHash;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of an alert at one node of a tree that was in force. */
final class PastGroup {
    private final Captured captured;
    private final PastTree tree;
    private final Route route;
    private final LabelSet labels;
    private final String groupKey;
    private final List<HistoryLine> lines;
    private final PastWords words;

    /** @param labels the alert's */
    PastGroup(Captured captured, Heard heard, PastTree tree, Route route, LabelSet labels) {
        this.captured = captured;
        this.tree = tree;
        this.route = route;
        this.labels = labels;
        this.groupKey = route.groupKey(route.groupLabels(labels));
        this.lines = heard.ofGroup(groupKey, route.options().receiver());
        this.words = new PastWords(captured.fingerprint(), labels, lines);
    }

    GroupExplanation explanation() {
        List<ReceiverConfig.Integration> configured = tree.integrations(route);
        List<IntegrationExplanation> integrations = new ArrayList<>();
        for (ReceiverConfig.Integration integration : configured) {
            integrations.add(integration(integration));
        }
        Word said = configured.isEmpty() ? nobody() : said(words, configured.size());
        return new GroupExplanation(
                route,
                groupKey,
                route.groupLabels(labels),
                member(),
                size(),
                null,
                List.of(),
                stages(),
                integrations,
                said == null ? Cause.WAITING : said.cause(),
                lead() + " " + (said == null ? "has no word in the journals that are left" : said.text()));
    }

    private boolean isFallback() {
        return route.number() == 0 && !route.children().isEmpty();
    }

    private String lead() {
        String receiver = "receiver " + route.options().receiver();
        return isFallback() ? "no route below the root matched, so it went to " + receiver + ", which" : receiver;
    }

    private Word nobody() {
        return new Word(
                isFallback() ? Cause.NO_ROUTE : Cause.NO_INTEGRATION, "had no integration: nobody was notified");
    }

    /**
     * The last word on all integrations of a receiver together.
     *
     * @param integrations how many it has; 0 if that is not known
     * @return null if there is none
     */
    static @Nullable Word said(PastWords words, int integrations) {
        Word muted = words.muted();
        if (muted != null) {
            return muted;
        }
        Map<String, Word> each = words.integrations();
        if (each.isEmpty()) {
            return words.group();
        }
        Set<String> texts = new LinkedHashSet<>();
        each.values().forEach(word -> texts.add(word.text()));
        Cause worst = GroupReading.worst(each.values().stream().map(Word::cause).toList());
        if (integrations <= 1 && texts.size() == 1) {
            return new Word(worst, texts.iterator().next());
        }
        List<String> parts = new ArrayList<>();
        new TreeMap<>(each).forEach((name, word) -> parts.add(name + " " + word.text()));
        return new Word(worst, "has " + parts.size() + " integrations: " + String.join("; ", parts));
    }

    private IntegrationExplanation integration(ReceiverConfig.Integration integration) {
        String name = integration.toString();
        List<HistoryLine> own = lines.stream()
                .filter(line -> line.event() instanceof NotificationEvent event
                        && event.to().integration().equals(name))
                .toList();
        Word muted = words.muted();
        Word word = muted == null ? words.integrations().get(name) : muted;
        Word known = word == null ? words.group() : word;
        return new IntegrationExplanation(
                name,
                integration.config().sendResolved(),
                null,
                false,
                last(own),
                null,
                "",
                own.stream()
                        .filter(line -> line.event() instanceof NotificationEvent.Attempted)
                        .limit(Explainer.MAX_ATTEMPTS)
                        .toList(),
                known == null ? Cause.WAITING : known.cause(),
                known == null ? "has no word in the journals that are left" : known.text());
    }

    private @Nullable LastNotification last(List<HistoryLine> own) {
        long fingerprint = captured.fingerprint();
        long hash = AlertHash.of(labels);
        for (HistoryLine line : own) {
            switch (line.event()) {
                case NotificationEvent.Delivered told -> {
                    return new LastNotification(
                            line.at(),
                            line.node(),
                            told.sequence(),
                            told.marked(),
                            told.firing().contains(fingerprint),
                            told.resolved().contains(fingerprint));
                }
                case NotificationEvent.Learned told -> {
                    return new LastNotification(
                            told.at(),
                            told.node(),
                            told.sequence(),
                            told.marked(),
                            told.firing().contains(hash),
                            told.resolved().contains(hash));
                }
                default -> {}
            }
        }
        return null;
    }

    private boolean member() {
        return lines.stream()
                .anyMatch(line ->
                        line.event() instanceof GroupEvent && line.event().concerns(captured.fingerprint()));
    }

    /** As many as its latest flush had. */
    private int size() {
        for (HistoryLine line : lines) {
            if (line.event() instanceof GroupEvent.Flushed flush) {
                return flush.firing().size() + flush.resolved().size();
            }
        }
        return 0;
    }

    /** Intervals and silences as they were. What inhibited what is not known any more; the latest flush may tell. */
    private List<StageVerdict> stages() {
        InForce inForce = captured.inForce();
        if (inForce == null) {
            return List.of();
        }
        MuteStages stages = inForce.pipeline().muteStages().withoutInhibition();
        List<StageVerdict> all =
                new StageReading(stages, tree.intervals(route), labels, captured.at(), captured.at()).stages();
        return all.subList(1, all.size());
    }
}
