package dev.tocsin.api;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.group.GroupId;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.GroupView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.hub.HubListener;
import dev.tocsin.core.hub.HubStatus;
import dev.tocsin.core.hub.Membership;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.route.RouteTree;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.whatif.Candidate;
import dev.tocsin.core.whatif.WhatIfAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A hub that shows what tests put into it and remembers what is asked of it. */
public final class FakeHub implements Hub {
    /** A posted batch. */
    public record Posted(List<PostedAlert> batch, AlertSource source) {}

    /** What {@link #alerts} and {@link #groups} choose from; sorted as answers are. */
    public final List<AlertView> alerts = new CopyOnWriteArrayList<>();

    /** What {@link #receivers} gives. */
    public final List<ReceiverConfig> receivers = new CopyOnWriteArrayList<>();

    /** What was posted. */
    public final List<Posted> posted = new CopyOnWriteArrayList<>();

    /** What {@link #routes} gives. */
    public volatile @Nullable RouteTree routes;

    /** What {@link #membership} gives. */
    public volatile Membership membership = new Membership.Disabled();

    /** Who hears of alerts. */
    public final List<HubListener> listeners = new CopyOnWriteArrayList<>();

    /** The silences. */
    public final FakeSilences silences = new FakeSilences();

    /** The answer to posts. */
    public volatile CompletionStage<List<String>> ingestAnswer = CompletableFuture.completedFuture(List.of());

    /** The answer to {@link #status}. */
    public volatile HubStatus status =
            new HubStatus("", "disabled", List.of(), "route:\n", Instant.parse("2026-01-02T03:04:05.6789Z"));

    /** What was tried. */
    public final List<Candidate> candidates = new CopyOnWriteArrayList<>();

    /** The answer to {@link #whatIf}. */
    public volatile WhatIfAnswer whatIfAnswer = new WhatIfAnswer.Refused("no answer");

    /** The answer to {@link #explain}; null for a failure. */
    public volatile @Nullable Explanation explanation;

    @Override
    public CompletionStage<List<String>> ingest(List<PostedAlert> batch, AlertSource source) {
        posted.add(new Posted(batch, source));
        return ingestAnswer;
    }

    @Override
    public List<AlertView> alerts(AlertFilter filter) {
        return alerts.stream()
                .filter(view -> passes(view, filter, view.receivers()))
                .toList();
    }

    @Override
    public void alerts(AlertFilter filter, @Nullable Long after, Predicate<? super AlertView> each) {
        List<AlertView> sorted = new ArrayList<>(alerts(filter));
        sorted.sort((a, b) ->
                Long.compareUnsigned(a.alert().fingerprint(), b.alert().fingerprint()));
        for (AlertView view : sorted) {
            boolean behind = after == null || Long.compareUnsigned(view.alert().fingerprint(), after) > 0;
            if (behind && !each.test(view)) {
                return;
            }
        }
    }

    @Override
    public List<AlertView> find(long... fingerprints) {
        return Arrays.stream(fingerprints)
                .boxed()
                .flatMap(one -> alerts.stream().filter(view -> view.alert().fingerprint() == one))
                .toList();
    }

    @Override
    public @Nullable RouteTree routes() {
        return routes;
    }

    @Override
    public Membership membership() {
        return membership;
    }

    @Override
    public Cancellable listen(HubListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private boolean passes(AlertView view, AlertFilter filter, List<String> names) {
        return names.stream().anyMatch(filter.receiver())
                && names.stream().anyMatch(name -> matchesReceiver(name, filter.receiverMatchers()))
                && filter.matchers().stream()
                        .allMatch(matcher -> matcher.matches(view.alert().labels()))
                && (filter.active() || !view.state().equals("active"))
                && (filter.silenced() || view.silencedBy().isEmpty())
                && (filter.inhibited() || view.inhibitedBy().isEmpty());
    }

    private static boolean matchesReceiver(String name, List<Matcher> matchers) {
        return matchers.stream().allMatch(matcher -> matcher.matches(LabelSet.of("name", name)));
    }

    /** One group per receiver and value of {@code alertname}. */
    @Override
    public List<GroupView> groups(AlertFilter filter) {
        Set<LabelSet> names = new TreeSet<>();
        Set<String> receiverNames = new LinkedHashSet<>();
        for (AlertView view : alerts) {
            names.add(LabelSet.of("alertname", view.alert().name()));
            view.receivers().stream()
                    .filter(filter.receiver())
                    .filter(name -> matchesReceiver(name, filter.receiverMatchers()))
                    .forEach(receiverNames::add);
        }
        List<GroupView> groups = new ArrayList<>();
        for (LabelSet labels : names) {
            for (String receiver : new TreeSet<>(receiverNames)) {
                List<AlertView> members = alerts.stream()
                        .filter(view -> view.alert().name().equals(labels.get("alertname")))
                        .filter(view -> view.receivers().contains(receiver))
                        .filter(view -> passes(view, filter, List.of(receiver)))
                        .map(view -> only(view, receiverNames))
                        .toList();
                if (!members.isEmpty()) {
                    groups.add(new GroupView(
                            new GroupId("{}", receiver + " {}:" + labels), labels, Map.of(), receiver, members));
                }
            }
        }
        return groups;
    }

    private static AlertView only(AlertView view, Set<String> receivers) {
        List<String> kept =
                view.receivers().stream().filter(receivers::contains).sorted().toList();
        return new AlertView(view.alert(), kept, view.inhibitedBy(), view.silencedBy(), view.mutedBy());
    }

    @Override
    public Silences silences() {
        return silences;
    }

    @Override
    public List<ReceiverConfig> receivers() {
        return receivers;
    }

    @Override
    public CompletionStage<Explanation> explain(Question question) {
        Explanation answer = explanation;
        return answer == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no explanation"))
                : CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<WhatIfAnswer> whatIf(Candidate candidate, int limit) {
        candidates.add(candidate);
        return CompletableFuture.completedFuture(whatIfAnswer);
    }

    @Override
    public HubStatus status() {
        return status;
    }

    /** Silences that answer as they are told. */
    public static final class FakeSilences implements Silences {
        /** What {@link #list} and {@link #find} know. */
        public final List<Silence> all = new CopyOnWriteArrayList<>();

        /** What was posted. */
        public final List<Draft> drafts = new CopyOnWriteArrayList<>();

        /** The answer to posts. */
        public volatile SetResult setAnswer = new SetResult.Stored("an-id");

        @Override
        public CompletionStage<SetResult> set(Draft draft) {
            drafts.add(draft);
            return CompletableFuture.completedFuture(setAnswer);
        }

        @Override
        public @Nullable String check(Draft draft) {
            if (!draft.id().isEmpty() && find(draft.id()) == null) {
                return "silence not found";
            }
            return draft.matchers().isEmpty() ? "invalid silence: at least one matcher set required" : null;
        }

        @Override
        public CompletionStage<Boolean> expire(String id) {
            return CompletableFuture.completedFuture(find(id) != null);
        }

        @Override
        public @Nullable Silence find(String id) {
            return all.stream()
                    .filter(silence -> silence.id().equals(id))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<Silence> list(List<Matcher> filter) {
            return all.stream()
                    .filter(silence -> silence.matcherSets().getFirst().containsAll(filter))
                    .toList();
        }

        @Override
        public List<String> silencedBy(LabelSet labels, Instant now) {
            return List.of();
        }

        @Override
        public long version() {
            return all.hashCode();
        }
    }
}
