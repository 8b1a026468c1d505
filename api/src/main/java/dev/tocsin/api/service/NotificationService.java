package dev.tocsin.api.service;

import dev.tocsin.core.journal.ClusterJournal;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalCursor;
import dev.tocsin.core.journal.JournalEntry;
import dev.tocsin.core.journal.JournalFilter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What the hub decided and did, from the journals of all nodes. Safe for all threads. */
public final class NotificationService {
    /** The most entries of one answer. */
    public static final int MAX_PAGE = 1_000;

    private static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ClusterJournal journal;
    private final PageTokens tokens;

    /**
     * Some history.
     *
     * @param page latest first
     * @param silent the nodes that did not answer, and why
     */
    public record History(Page<JournalEntry> page, Map<String, String> silent) {
        /** Copies the map. */
        public History {
            silent = Map.copyOf(silent);
        }
    }

    /** The journals behind {@code journal}. */
    public NotificationService(ClusterJournal journal, PageTokens tokens) {
        this.journal = journal;
        this.tokens = tokens;
    }

    /**
     * Reads the journals, latest entries first.
     *
     * @return completes on the hub loop, in bounded time
     */
    public CompletionStage<History> history(JournalFilter filter, PageRequest page) {
        int size = page.size(PAGE, MAX_PAGE);
        String asked = "history " + filter;
        String key = tokens.key(asked, page.token());
        JournalCursor before;
        try {
            before = key == null ? JournalCursor.NONE : JournalCursor.parse(key);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid("PAGE_TOKEN_INVALID", "page_token", String.valueOf(e.getMessage()));
        }
        return journal.query(filter, before, size, PATIENCE)
                .thenApply(found -> new History(
                        new Page<>(
                                found.entries(),
                                found.more() ? tokens.token(asked, found.older().text()) : ""),
                        found.silent()));
    }

    /**
     * Reads names of event types.
     *
     * @throws ServiceException if one is unknown; the message says which there are
     */
    public static Set<EventType> types(List<String> names) {
        Filters.bounded("filter.kinds", names.size(), Filters.MAX_MATCHERS);
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (int i = 0; i < names.size(); i++) {
            EventType type = EventType.named(names.get(i));
            if (type == null) {
                throw ServiceException.invalid(
                        "UNKNOWN_KIND",
                        "filter.kinds[" + i + "]",
                        "\"" + names.get(i) + "\" is no kind of event; there are "
                                + String.join(
                                        ", ",
                                        List.of(EventType.values()).stream()
                                                .map(EventType::text)
                                                .toList()));
            }
            types.add(type);
        }
        return types;
    }
}
