package dev.tocsin.api.service;

import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Alerts. Safe for all threads; what it throws is {@link ServiceException}. */
public final class AlertService {
    /** The most alerts that one request reports. */
    public static final int MAX_PUSHED = 10_000;

    /** The most alerts of one answer. */
    public static final int MAX_PAGE = 10_000;

    private static final int PAGE = 500;

    private final Hub hub;
    private final Filters filters;
    private final PageTokens tokens;

    /**
     * What became of reported alerts.
     *
     * @param refusals why the others were not taken, in the order of the request; may be empty
     */
    public record Pushed(int accepted, List<String> refusals) {
        /** Copies the list. */
        public Pushed {
            refusals = List.copyOf(refusals);
        }
    }

    /** Alerts of {@code hub}. */
    public AlertService(Hub hub, Filters filters, PageTokens tokens) {
        this.hub = hub;
        this.filters = filters;
        this.tokens = tokens;
    }

    /**
     * Reports alerts; valid ones are stored although others are refused.
     *
     * @return completes when they are as durable as the hub promises, or exceptionally
     */
    public CompletionStage<Pushed> push(List<PostedAlert> batch, AlertSource source) {
        Filters.bounded("alerts", batch.size(), MAX_PUSHED);
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(new Pushed(0, List.of()));
        }
        return hub.ingest(batch, source).thenApply(refusals -> new Pushed(batch.size() - refusals.size(), refusals));
    }

    /** The alerts that fire and pass the filter, sorted by fingerprint. */
    public Page<AlertView> list(AlertQuery query, PageRequest page) {
        List<AlertView> found = new ArrayList<>();
        String next = list(query, page, found::add);
        return new Page<>(found, next);
    }

    /**
     * Hands over the same page, alert by alert.
     *
     * @param each answers whether it has room for more, so that a page may be shorter than it could be
     * @return the token for what comes after the last one; empty if nothing does
     */
    public String list(AlertQuery query, PageRequest page, Predicate<AlertView> each) {
        AlertFilter filter = filters.alerts(query);
        String asked = "alerts " + query;
        Walk walk = new Walk(page.size(PAGE, MAX_PAGE), each);
        String key = tokens.key(asked, page.token());
        hub.alerts(filter, key == null ? null : fingerprint("page_token", key), walk);
        Long last = walk.last;
        return walk.more && last != null ? tokens.token(asked, LabelSet.fingerprintText(last)) : "";
    }

    /** Takes the alerts of one page and notices whether there is one behind it. For one thread. */
    private static final class Walk implements Predicate<AlertView> {
        private final Predicate<AlertView> each;
        private int room;
        private @Nullable Long last;
        private boolean more;

        Walk(int room, Predicate<AlertView> each) {
            this.room = room;
            this.each = each;
        }

        @Override
        public boolean test(AlertView view) {
            if (room == 0) {
                more = true;
                return false;
            }
            last = view.alert().fingerprint();
            room = each.test(view) ? room - 1 : 0;
            return true;
        }
    }

    /**
     * The alert with this fingerprint, also if it has ended and is remembered.
     *
     * @param fingerprint 16 hexadecimal digits
     */
    public AlertView get(String fingerprint) {
        List<AlertView> found = hub.find(fingerprint("fingerprint", fingerprint));
        if (found.isEmpty()) {
            throw ServiceException.notFound("no alert has the fingerprint " + fingerprint);
        }
        return found.getFirst();
    }

    /**
     * Says why an alert is, was or would be notified or not.
     *
     * @return completes on the hub loop, in bounded time
     */
    public CompletionStage<Explanation> explain(Question question) {
        return hub.explain(question);
    }

    /**
     * Reads a fingerprint.
     *
     * @param field for errors
     */
    public static long fingerprint(String field, String text) {
        try {
            if (text.length() == 16 && text.charAt(0) != '+' && text.charAt(0) != '-') {
                return Long.parseUnsignedLong(text, 16);
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw ServiceException.invalid("INVALID_FINGERPRINT", field, "must be 16 hexadecimal digits");
    }
}
