package dev.tocsin.api.service;

import dev.tocsin.api.service.ServiceException.Fault;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.silence.Silences;
import dev.tocsin.core.silence.Silences.MatcherDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Silences. Safe for all threads; what it throws is {@link ServiceException}. */
public final class SilenceService {
    /** The most silences of one answer. */
    public static final int MAX_PAGE = 5_000;

    /** The most alerts that a preview shows. */
    public static final int MAX_PREVIEW = 1_000;

    private static final int PAGE = 500;
    private static final int PREVIEW = 100;

    private final Hub hub;
    private final Filters filters;
    private final PageTokens tokens;
    private final Clock clock;

    /**
     * Which silences are asked for.
     *
     * @param matchers a silence must have, for each, one of the same name, operator and value
     * @param states none for all
     */
    public record Query(List<String> matchers, Set<Silence.State> states) {
        /** Copies the collections. */
        public Query {
            matchers = List.copyOf(matchers);
            states = Set.copyOf(states);
        }
    }

    /**
     * What a silence would do now.
     *
     * @param matched how many alerts that fire it would cover
     * @param newlySilenced how many of them nothing keeps quiet yet
     * @param alerts the first of them, sorted by fingerprint
     */
    public record Preview(int matched, int newlySilenced, List<AlertView> alerts) {
        /** Copies the list. */
        public Preview {
            alerts = List.copyOf(alerts);
        }
    }

    /** Silences of {@code hub}. */
    public SilenceService(Hub hub, Filters filters, PageTokens tokens, Clock clock) {
        this.hub = hub;
        this.filters = filters;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Silences in Alertmanager's order. */
    public Page<SilenceView> list(Query query, PageRequest page) {
        List<Matcher> matchers = filters.matchers("matchers", query.matchers());
        int size = page.size(PAGE, MAX_PAGE);
        String asked = "silences " + query.matchers()
                + query.states().stream().sorted().toList();
        String after = tokens.key(asked, page.token());
        List<SilenceView> items = new ArrayList<>();
        boolean begun = after == null;
        for (SilenceView view : views(matchers)) {
            if (!wanted(query, view)) {
                continue;
            }
            if (begun && items.size() == size) {
                return new Page<>(
                        items, tokens.token(asked, items.getLast().silence().id()));
            }
            if (begun) {
                items.add(view);
            } else {
                begun = view.silence().id().equals(after);
            }
        }
        if (!begun) {
            throw ServiceException.invalid(
                    "PAGE_TOKEN_EXPIRED",
                    "page_token",
                    "the silence at which the page before ended is gone; begin again with the first page");
        }
        return new Page<>(items, "");
    }

    private static boolean wanted(Query query, SilenceView view) {
        return query.states().isEmpty() || query.states().contains(view.state());
    }

    private List<SilenceView> views(List<Matcher> matchers) {
        Instant now = clock.now();
        List<SilenceView> views = new ArrayList<>();
        for (Silence silence : hub.silences().list(matchers)) {
            views.add(new SilenceView(silence, Silences.state(silence, now)));
        }
        return views;
    }

    /** All silences; for watches. */
    public List<SilenceView> all() {
        return views(List.of());
    }

    /** Which silences pass; for watches. */
    public Predicate<SilenceView> passes(Query query) {
        List<Matcher> matchers = filters.matchers("matchers", query.matchers());
        return view -> wanted(query, view) && hasAll(view.silence(), matchers);
    }

    private static boolean hasAll(Silence silence, List<Matcher> matchers) {
        if (matchers.isEmpty()) {
            return true;
        }
        for (List<Matcher> set : silence.matcherSets()) {
            if (set.containsAll(matchers)) {
                return true;
            }
        }
        return false;
    }

    /** The silence with this id. */
    public SilenceView get(String id) {
        Silence found = hub.silences().find(id);
        if (found == null) {
            throw ServiceException.notFound("there is no silence " + id);
        }
        return new SilenceView(found, Silences.state(found, clock.now()));
    }

    /**
     * Makes or changes a silence.
     *
     * @return completes with its id, or exceptionally with a {@link ServiceException}
     */
    public CompletionStage<String> upsert(Silences.Draft draft) {
        Filters.bounded("silence.matchers", draft.matchers().size(), Filters.MAX_MATCHERS);
        require(draft.endsAt() != null, "silence.ends_at");
        require(!draft.createdBy().isEmpty(), "silence.created_by");
        require(!draft.comment().isEmpty(), "silence.comment");
        return hub.silences().set(draft).thenApply(result -> switch (result) {
            case Silences.SetResult.Stored stored -> stored.id();
            case Silences.SetResult.NotFound missing ->
                throw ServiceException.notFound("there is no silence " + draft.id());
            case Silences.SetResult.Refused refused ->
                throw ServiceException.invalid("INVALID_SILENCE", "silence", refused.message());
        });
    }

    private static void require(boolean given, String field) {
        if (!given) {
            throw ServiceException.invalid(field, "is required");
        }
    }

    /**
     * Ends a silence now.
     *
     * @return completes when that is durable, or exceptionally with a {@link ServiceException}
     */
    public CompletionStage<Void> expire(String id) {
        return hub.silences().expire(id).thenApply(known -> {
            if (!known) {
                throw ServiceException.notFound("there is no silence " + id);
            }
            return null;
        });
    }

    /**
     * What a silence with these matchers would cover now. Nothing is stored.
     *
     * @param limit the most alerts to show; 0 for 100
     */
    public Preview preview(List<MatcherDraft> drafts, int limit) {
        if (limit < 0 || limit > MAX_PREVIEW) {
            throw ServiceException.invalid("limit", "must be between 0 and " + MAX_PREVIEW + ", not " + limit);
        }
        if (drafts.isEmpty()) {
            throw new ServiceException(
                    Fault.INVALID,
                    "INVALID_SILENCE",
                    "matchers: at least one is required",
                    List.of(new ServiceException.Violation("matchers", "at least one is required")));
        }
        AlertFilter filter =
                new AlertFilter(true, true, true, true, compiled("matchers", drafts), name -> true, List.of());
        List<AlertView> matched = hub.alerts(filter);
        int quiet = 0;
        for (AlertView view : matched) {
            quiet += view.state().equals("active") ? 0 : 1;
        }
        int shown = Math.min(matched.size(), limit == 0 ? PREVIEW : limit);
        return new Preview(matched.size(), matched.size() - quiet, matched.subList(0, shown));
    }

    /**
     * Compiles matchers.
     *
     * @param field for errors
     * @throws ServiceException if one is malformed, or there are too many
     */
    public static List<Matcher> compiled(String field, List<MatcherDraft> drafts) {
        Filters.bounded(field, drafts.size(), Filters.MAX_MATCHERS);
        List<Matcher> matchers = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            MatcherDraft draft = drafts.get(i);
            try {
                matchers.add(Matcher.of(draft.name(), MatchType.of(draft.isRegex(), draft.isEqual()), draft.value()));
            } catch (InvalidMatcherException e) {
                throw ServiceException.invalid(
                        "INVALID_MATCHER", field + "[" + i + "]", String.valueOf(e.getMessage()));
            }
        }
        return matchers;
    }
}
