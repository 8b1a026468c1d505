package dev.tocsin.api.service;

import dev.tocsin.core.hub.AlertFilter;
import dev.tocsin.core.hub.GroupView;
import dev.tocsin.core.hub.Hub;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Aggregation groups and who tells them. Safe for all threads; what it throws is {@link ServiceException}. */
public final class GroupService {
    /** The most groups of one answer with their alerts. */
    public static final int MAX_PAGE = 1_000;

    private static final int PAGE = 100;
    private static final int MAX_OWNERS = 5_000;
    private static final int OWNERS = 500;

    private final Hub hub;
    private final Filters filters;
    private final PageTokens tokens;

    /** Groups of {@code hub}. */
    public GroupService(Hub hub, Filters filters, PageTokens tokens) {
        this.hub = hub;
        this.filters = filters;
        this.tokens = tokens;
    }

    /** The groups with at least one alert that passes the filter, sorted by name. */
    public Page<GroupEntry> list(AlertQuery query, PageRequest page) {
        return page("groups " + query, entries(filters.alerts(query)), page, page.size(PAGE, MAX_PAGE));
    }

    /** A token for what comes after {@code last}, for an answer that has to be shorter than its page. */
    public String after(AlertQuery query, GroupEntry last) {
        return tokens.token("groups " + query, last.name());
    }

    /** Who tells which group, sorted by group. */
    public Page<GroupEntry> owners(String groupKey, PageRequest page) {
        List<GroupEntry> all = entries(AlertFilter.ALL);
        if (!groupKey.isEmpty()) {
            all.removeIf(entry -> !entry.view().id().groupKey().equals(groupKey));
        }
        return page("owners " + groupKey, all, page, page.size(OWNERS, MAX_OWNERS));
    }

    /** The group of this name with all its alerts. */
    public GroupEntry get(String name) {
        for (GroupView view : hub.groups(AlertFilter.ALL)) {
            if (name(view).equals(name)) {
                return entry(view);
            }
        }
        throw ServiceException.notFound("no group with alerts that fire is called " + name);
    }

    /** All groups with alerts that fire, unsorted; for watches. */
    public List<GroupEntry> all() {
        List<GroupEntry> entries = new ArrayList<>();
        hub.groups(AlertFilter.ALL).forEach(view -> entries.add(entry(view)));
        return entries;
    }

    private List<GroupEntry> entries(AlertFilter filter) {
        List<GroupEntry> entries = new ArrayList<>();
        hub.groups(filter).forEach(view -> entries.add(entry(view)));
        entries.sort(Comparator.comparing(GroupEntry::name));
        return entries;
    }

    private GroupEntry entry(GroupView view) {
        return new GroupEntry(
                name(view), view, hub.membership().ranking(view.id().groupKey()));
    }

    private static String name(GroupView view) {
        return view.id().routeId() + " " + view.id().groupKey();
    }

    private Page<GroupEntry> page(String asked, List<GroupEntry> all, PageRequest page, int size) {
        String after = tokens.key(asked, page.token());
        List<GroupEntry> items = new ArrayList<>();
        for (GroupEntry entry : all) {
            if (after == null || entry.name().compareTo(after) > 0) {
                if (items.size() == size) {
                    return new Page<>(items, tokens.token(asked, items.getLast().name()));
                }
                items.add(entry);
            }
        }
        return new Page<>(items, "");
    }
}
