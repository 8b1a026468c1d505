package dev.tocsin.api.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.TestInterface;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.api.http.server.RawClient;
import dev.tocsin.api.hub.stream.EventStream;
import dev.tocsin.api.hub.stream.Wake;
import dev.tocsin.api.openapi.Json;
import dev.tocsin.api.openapi.OpenApiDocument;
import dev.tocsin.api.web.Visits.Visit;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.shipped("hub.json");
    private static final String STREAM = "/p/api/hub/v1/stream";

    private final TestInterface api = new TestInterface("/p", ZoneId.of("UTC"), new SystemClock());

    @AfterEach
    void stop() {
        api.close();
    }

    private EventReader open(String query, String lastEventId) throws IOException {
        Map<String, String> headers = lastEventId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastEventId);
        return new EventReader(api.server().connect(), STREAM + query, headers);
    }

    private static AlertView view(String name) {
        LabelSet labels = LabelSet.of("alertname", name, "team", "x");
        return new AlertView(HubState.alert(labels), List.of("pager"), List.of(), List.of(), List.of());
    }

    /** Puts an alert into the hub and says so, as the hub loop does. */
    private void fire(AlertView view) {
        api.hub.alerts.add(view);
        api.onLoop(() -> api.hub.listeners.forEach(listener -> listener.stored(view.alert(), null)));
    }

    private static String kind(EventReader.Event event) {
        return String.valueOf(Json.at(Json.parse(event.data()), "kind"));
    }

    private static List<String> names(EventReader.Event event) {
        List<String> names = new ArrayList<>();
        Json.list(Json.at(Json.parse(event.data()), "upserted"))
                .forEach(item -> names.add(String.valueOf(Json.at(item, "labels", "alertname"))));
        return names;
    }

    /** Reads until the view is complete, and says with what kinds it began. */
    private static EventReader.Event synced(EventReader stream, List<String> kinds) throws IOException {
        EventReader.Event event = stream.nextNews();
        while (!kind(event).equals("synced")) {
            kinds.add(kind(event));
            event = stream.nextNews();
        }
        return event;
    }

    @Test
    void aViewBeginsWithASnapshotAndGoesOnWithChanges() throws IOException {
        api.hub.alerts.add(view("A"));
        try (EventReader stream = open("?view=alerts", "")) {
            assertThat(stream.head().headers())
                    .containsEntry("content-type", "text/event-stream")
                    .containsEntry("cache-control", "no-store")
                    .containsEntry("x-accel-buffering", "no");
            List<String> kinds = new ArrayList<>();
            EventReader.Event event = stream.nextNews();
            assertThat(kind(event)).isEqualTo("reset");
            assertThat(event.name()).isEqualTo("alerts");
            assertThat(DOCUMENT.valueErrors("AlertBatch", event.data())).isEmpty();
            synced(stream, kinds);
            fire(view("B"));
            EventReader.Event change = stream.nextNews();
            assertThat(kind(change)).isEqualTo("changes");
            assertThat(names(change)).containsExactly("B");
            assertThat(change.id()).startsWith("alerts=");
            assertThat(DOCUMENT.valueErrors("Batch", change.data())).isEmpty();
        }
    }

    @Test
    void aClientThatComesBackMissesNothingAndHearsNothingTwice() throws IOException {
        try (EventReader watching = open("?view=alerts", "")) {
            synced(watching, new ArrayList<>());
            String id;
            try (EventReader first = open("?view=alerts", "")) {
                synced(first, new ArrayList<>());
                fire(view("B"));
                EventReader.Event seen = first.nextNews();
                assertThat(names(seen)).containsExactly("B");
                id = seen.id();
            }
            fire(view("C"));
            fire(view("D"));
            assertThat(names(watching.nextNews())).containsExactly("B");
            try (EventReader again = open("?view=alerts", id)) {
                List<String> names = new ArrayList<>();
                List<String> kinds = new ArrayList<>();
                while (names.size() < 2) {
                    EventReader.Event event = again.nextNews();
                    kinds.add(kind(event));
                    names.addAll(names(event));
                }
                assertThat(names).containsExactlyInAnyOrder("C", "D");
                assertThat(kinds).doesNotContain("reset");
            }
        }
    }

    @Test
    void anIdThatMeansNothingHereBeginsAnewInAHeaderAndIsRefusedInTheQuery() throws IOException {
        for (String id : List.of("alerts=xyz", "nonsense", "alerts=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            try (EventReader stream = open("?view=alerts", id)) {
                assertThat(stream.head().status()).isEqualTo(200);
                assertThat(kind(stream.nextNews())).isEqualTo("reset");
            }
            RawClient.Answer refused = api.get(STREAM + "?view=alerts&lastEventId=" + id);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(Json.at(Json.parse(refused.text()), "errors", 0, "where"))
                    .isEqualTo("query.lastEventId");
        }
    }

    @Test
    void oneStreamCarriesSeveralViewsEachWithItsPlace() throws IOException {
        HubState.fill(api);
        try (EventReader stream = open("?view=alerts&view=groups&view=silences&view=cluster&withoutAlerts=true", "")) {
            List<String> complete = new ArrayList<>();
            EventReader.Event last = stream.nextNews();
            while (complete.size() < 4) {
                assertThat(DOCUMENT.valueErrors(schema(last.name()), last.data()))
                        .isEmpty();
                if (kind(last).equals("synced")) {
                    complete.add(last.name());
                }
                last = complete.size() < 4 ? stream.nextNews() : last;
            }
            assertThat(complete).containsExactlyInAnyOrder("alerts", "groups", "silences", "cluster");
            assertThat(last.id().split(";", -1)).hasSize(4);
        }
    }

    private static String schema(String view) {
        return switch (view) {
            case "alerts" -> "AlertBatch";
            case "groups" -> "GroupBatch";
            case "silences" -> "SilenceBatch";
            default -> "MemberBatch";
        };
    }

    @Test
    void theJournalsAreFollowedFromTheMomentTheStreamIsOpened() throws IOException {
        HubState.fill(api);
        String id;
        try (EventReader stream = open("?view=notifications&kind=failed&receiverName=pager", "")) {
            synced(stream, new ArrayList<>());
            api.journal.append(HubState.failed(1));
            EventReader.Event event = stream.nextNews();
            assertThat(event.data()).contains("\"kind\":\"failed\"", "\"sequence\":1", "\"node\":\"hub-1\"");
            assertThat(DOCUMENT.valueErrors("EventBatch", event.data())).isEmpty();
            id = event.id();
        }
        api.journal.append(HubState.failed(2));
        try (EventReader stream = open("?view=notifications&kind=failed&receiverName=pager", id)) {
            EventReader.Event event = stream.nextNews();
            while (!event.data().contains("\"sequence\"")) {
                event = stream.nextNews();
            }
            assertThat(event.data()).contains("\"sequence\":2").doesNotContain("\"sequence\":1");
        }
    }

    @Test
    void onlyWhatPassesTheFilterIsTold() throws IOException {
        try (EventReader stream = open("?view=alerts&filter=alertname%3D%22C%22&label=alertname", "")) {
            synced(stream, new ArrayList<>());
            fire(view("B"));
            fire(view("C"));
            EventReader.Event event = stream.nextNews();
            assertThat(names(event)).containsExactly("C");
            assertThat(event.data()).doesNotContain("team", "annotations");
        }
    }

    @Test
    void clientsThatNeverReadNeitherDelayOthersNorMakeTheNodeRememberAnythingForThem() throws IOException {
        List<RawClient> deaf = new ArrayList<>();
        try (EventReader stream = open("?view=alerts&label=alertname", "")) {
            synced(stream, new ArrayList<>());
            for (int i = 0; i < 10; i++) {
                RawClient client = new RawClient(api.server().address(), 4096);
                client.send("GET " + STREAM + "?view=alerts HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.read(false).status()).isEqualTo(200); // it is served, and reads no more
                deaf.add(client);
            }
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                fire(view("B" + i));
            }
            while (seen.size() < 3000) {
                seen.addAll(names(stream.nextNews()));
            }
            assertThat(seen).doesNotHaveDuplicates();
            assertThat(api.metric("tocsin_http_streams")).isEqualTo(11);
        } finally {
            for (RawClient client : deaf) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatComeAllAtOnceAreAllServed() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawClient client = api.server().connect();
                clients.add(client);
                client.send("GET " + STREAM + "?view=alerts HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            for (RawClient client : clients) {
                assertThat(client.read(false).status()).isEqualTo(200);
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aStreamEndsAfterItsTimeSoThatItsClientIsAskedForItsPasswordAgain() throws IOException {
        VirtualTime time = new VirtualTime();
        StringBuilder text = new StringBuilder();
        Wake wake = new Wake();
        List<String> over = new ArrayList<>();
        EventStream events = new EventStream(List.of(), wake, Visit.NEVER_ENDING, time, () -> over.add("over"));
        time.advance(EventStream.LIFE);
        events.writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                text.append((char) b);
            }
        });
        assertThat(text).endsWith("event: end\ndata: {\"reason\":\"it has lasted an hour: come back\"}\n\n");
        assertThat(over).containsExactly("over");
    }

    @Test
    void whenTheNodeStopsEveryStreamIsToldAndEnds() throws IOException {
        try (EventReader stream = open("?view=alerts", "")) {
            synced(stream, new ArrayList<>());
            api.hubApi.endStreams();
            EventReader.Event event = stream.nextNews();
            assertThat(event.name()).isEqualTo("end");
            stream.nextNews();
            assertThat(stream.over()).isTrue();
        }
    }

    @Test
    void aStreamWhoseClientHasGoneGivesItsPlaceBack() throws Exception {
        try (EventReader stream = open("?view=alerts", "")) {
            synced(stream, new ArrayList<>());
            assertThat(api.metric("tocsin_http_streams")).isEqualTo(1);
        }
        for (int i = 0; api.metric("tocsin_http_streams") > 0; i++) {
            fire(view("B" + i));
            Thread.onSpinWait();
        }
        assertThat(api.metric("tocsin_watches")).isZero();
    }
}
