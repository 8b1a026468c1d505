package dev.tocsin.core.explain;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.explain.PastWords.Word;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.NotificationEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.mute.MuteStages;
import dev.tocsin.core.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became of an alert at one node of a tree that was in force. */
final class PastGroup {
    private static final String NO_WORD = "is not named by any journal that is left";

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
        this.words = new PastWords(captured.fingerprint(), labels, heard.ended(captured.fingerprint()), lines);
    }

    GroupExplanation explanation() {
        List<ReceiverConfig.Integration> configured = tree.integrations(route);
        List<IntegrationExplanation> integrations = new ArrayList<>();
        for (ReceiverConfig.Integration integration : configured) {
            integrations.add(integration(integration));
        }
        SortedSet<String> names = new TreeSet<>();
        configured.forEach(integration -> names.add(integration.toString()));
        Word said = configured.isEmpty() ? nobody() : words.all(names);
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
                lead() + " " + (said == null ? NO_WORD : said.text()));
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

    private IntegrationExplanation integration(ReceiverConfig.Integration integration) {
        String name = integration.toString();
        Word muted = words.muted();
        Word own = muted == null ? words.integration(name) : muted;
        Word known = own == null ? words.group() : own;
        return new IntegrationExplanation(
                name,
                integration.config().sendResolved(),
                null,
                false,
                words.last(name),
                null,
                "",
                words.of(name).stream()
                        .filter(line -> line.event() instanceof NotificationEvent.Attempted)
                        .limit(Explainer.MAX_ATTEMPTS)
                        .toList(),
                known == null ? Cause.WAITING : known.cause(),
                known == null ? NO_WORD : known.text());
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
