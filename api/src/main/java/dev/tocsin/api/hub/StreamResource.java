package dev.tocsin.api.hub;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.hub.json.AlertJson;
import dev.tocsin.api.hub.json.ClusterJson;
import dev.tocsin.api.hub.json.GroupJson;
import dev.tocsin.api.hub.json.JournalJson;
import dev.tocsin.api.hub.json.SilenceJson;
import dev.tocsin.api.hub.request.AlertParameters;
import dev.tocsin.api.hub.request.HubRequest;
import dev.tocsin.api.hub.request.Parameters;
import dev.tocsin.api.hub.request.Problem;
import dev.tocsin.api.hub.request.ProblemException;
import dev.tocsin.api.hub.stream.Channel;
import dev.tocsin.api.hub.stream.EventStream;
import dev.tocsin.api.hub.stream.StreamPlace;
import dev.tocsin.api.hub.stream.Wake;
import dev.tocsin.api.service.AlertQuery;
import dev.tocsin.api.service.ServiceException;
import dev.tocsin.api.service.SilenceService;
import dev.tocsin.api.watch.JournalWatches;
import dev.tocsin.api.watch.Start;
import dev.tocsin.api.watch.Watches;
import dev.tocsin.api.web.Visits;
import dev.tocsin.api.web.Visits.Visit;
import dev.tocsin.core.runtime.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /stream}: live views as Server-Sent Events. A client that comes back with the id of the last event that it has
 * seen goes on behind it, if this node can tell exactly what it missed; otherwise its view begins anew with a reset. Safe
 * for all threads.
 */
final class StreamResource {
    private static final List<String> VIEWS = List.of("alerts", "groups", "silences", "cluster", "notifications");

    private final Watches watches;
    private final JournalWatches journals;
    private final Clock clock;
    private final Streams streams;
    private final Visits visits;

    StreamResource(Watches watches, JournalWatches journals, Clock clock, Streams streams, Visits visits) {
        this.watches = watches;
        this.journals = journals;
        this.clock = clock;
        this.streams = streams;
        this.visits = visits;
    }

    List<HubOperation> operations() {
        return List.of(HubOperation.live(
                "/stream",
                AlertParameters.and(
                        AlertParameters.FILTER,
                        Set.of(
                                "view",
                                "label",
                                "withoutAlerts",
                                "silenceFilter",
                                "state",
                                "receiverName",
                                "groupKey",
                                "fingerprint",
                                "kind",
                                "lastEventId")),
                this::open));
    }

    private Response open(HubRequest request) throws ProblemException {
        Problem refusal = streams.refusal();
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        Set<String> views = views(request.query().all("view"));
        Wake wake = new Wake();
        List<Channel<?>> channels = channels(request, views, wake);
        streams.add(wake);
        Visit visit =
                visits.begin(request.request().header("Authorization"), () -> wake.end("your user is let in no more"));
        EventStream events = new EventStream(channels, wake, visit, clock, () -> streams.remove(wake));
        return new Response(
                200,
                List.of(
                        new Response.Header("Content-Type", "text/event-stream"),
                        new Response.Header("X-Accel-Buffering", "no")),
                new Response.Live(events));
    }

    private static Set<String> views(List<String> names) throws ProblemException {
        for (String name : names) {
            if (!VIEWS.contains(name)) {
                throw ProblemException.at("query.view", "must be one of " + String.join(", ", VIEWS));
            }
        }
        if (names.isEmpty()) {
            throw ProblemException.at("query.view", "is required: " + String.join(", ", VIEWS));
        }
        return new LinkedHashSet<>(names);
    }

    /**
     * A browser sends the header by itself when it connects again: if it cannot be used, a new snapshot is better than an
     * error after which the browser would give up. The parameter is written by a program, which can be told.
     */
    private List<Channel<?>> channels(HubRequest request, Set<String> views, Wake wake) throws ProblemException {
        String header = request.request().header("Last-Event-ID");
        if (header != null) {
            try {
                return channels(request, views, StreamPlace.parse(header), wake);
            } catch (ServiceException e) {
                if (!isOfCursor(e)) {
                    throw e;
                }
            } catch (IllegalArgumentException e) {
                // not ours
            }
            return channels(request, views, Map.of(), wake);
        }
        try {
            return channels(request, views, StreamPlace.parse(request.query().text("lastEventId")), wake);
        } catch (IllegalArgumentException e) {
            throw ProblemException.at("query.lastEventId", "is not the id of an event of this stream");
        } catch (ServiceException e) {
            if (isOfCursor(e)) {
                throw ProblemException.at(
                        "query.lastEventId", e.violations().getFirst().description());
            }
            throw e;
        }
    }

    private static boolean isOfCursor(ServiceException refused) {
        return !refused.violations().isEmpty()
                && refused.violations().getFirst().field().equals("cursor");
    }

    private List<Channel<?>> channels(HubRequest request, Set<String> views, Map<String, String> cursors, Wake wake)
            throws ProblemException {
        List<Channel<?>> channels = new ArrayList<>();
        boolean complete = false;
        try {
            for (String view : views) {
                channels.add(channel(request.query(), view, cursors.getOrDefault(view, ""), wake));
            }
            complete = true;
        } finally {
            if (!complete) {
                channels.forEach(Channel::close);
            }
        }
        return channels;
    }

    private Channel<?> channel(Parameters query, String view, String cursor, Wake wake) throws ProblemException {
        AlertQuery filter = AlertParameters.filter(query);
        List<String> labels = query.all("label");
        return switch (view) {
            case "alerts" ->
                new Channel<>(
                        view,
                        watches.alerts(filter, Start.at(cursor), wake::call),
                        (json, alert) -> new AlertJson(clock.now(), labels).alert(json, alert),
                        cursor);
            case "groups" -> {
                boolean withAlerts = !query.flag("withoutAlerts", false);
                yield new Channel<>(
                        view,
                        watches.groups(filter, Start.at(cursor), wake::call),
                        (json, group) ->
                                new GroupJson(new AlertJson(clock.now(), labels), withAlerts).group(json, group),
                        cursor);
            }
            case "silences" ->
                new Channel<>(
                        view,
                        watches.silences(
                                new SilenceService.Query(
                                        query.all("silenceFilter"), SilencesResource.states(query.all("state"))),
                                Start.at(cursor),
                                wake::call),
                        SilenceJson::silence,
                        cursor);
            case "notifications" ->
                new Channel<>(
                        view,
                        journals.watch(NotificationsResource.filter(query, "receiverName"), cursor, wake::call),
                        JournalJson::entry,
                        cursor);
            default -> new Channel<>(view, watches.nodes(Start.at(cursor), wake::call), ClusterJson::node, cursor);
        };
    }
}
