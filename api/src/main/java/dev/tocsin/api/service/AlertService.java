package dev.tocsin.api.service;

import dev.tocsin.core.explain.Explanation;
import dev.tocsin.core.explain.Question;
import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.hub.Hub;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.PostedAlert;
import dev.tocsin.core.label.LabelSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
        AlertFilter filter = filters.alerts(query);
        int size = page.size(PAGE, MAX_PAGE);
        String asked = "alerts " + query;
        String key = tokens.key(asked, page.token());
        List<AlertView> found = hub.alerts(filter, key == null ? null : fingerprint("page_token", key), size + 1);
        if (found.size() <= size) {
            return new Page<>(found, "");
        }
        List<AlertView> items = found.subList(0, size);
        return new Page<>(items, after(query, items.getLast()));
    }

    /** A token for what comes after {@code last}, for an answer that has to be shorter than its page. */
    public String after(AlertQuery query, AlertView last) {
        return tokens.token(
                "alerts " + query, LabelSet.fingerprintText(last.alert().fingerprint()));
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
