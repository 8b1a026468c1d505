package dev.tocsin.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happens in the demonstration: an outage that groups, inhibits, is silenced and resolves. */
final class Story {
    private static final String DATABASE =
            "\"alertname\":\"DatabaseDown\",\"cluster\":\"eu\",\"severity\":\"critical\"";
    private static final String CHECKOUT =
            "\"alertname\":\"CheckoutSlow\",\"cluster\":\"eu\",\"severity\":\"warning\",\"service\":\"checkout\"";

    private static final Duration GROUP_WAIT = Duration.ofSeconds(2);

    private final Screen screen;
    private final HttpClient client;
    private final List<String> hub;
    private final List<Sender> senders;
    private final Turning turning;
    private int encores;

    /** What may happen when the first page of a group is due. */
    interface Turning {
        /**
         * A group was just made.
         *
         * @param in its page is due after this
         */
        void due(String groupKey, Duration in) throws InterruptedException;
    }

    /** @param hub the base addresses of its nodes */
    Story(Screen screen, HttpClient client, List<String> hub, List<Sender> senders, Turning turning) {
        this.screen = screen;
        this.client = client;
        this.hub = hub;
        this.senders = senders;
        this.turning = turning;
    }

    /** The hub's configuration for the story; times are short so that it takes less than a minute. */
    static String config(String pagerUrl) {
        return """
                route:
                  receiver: pager
                  group_by: [alertname, cluster]
                  group_wait: %ds
                  group_interval: 4s
                  repeat_interval: 1h
                inhibit_rules:
                  - name: database explains the rest
                    source_matchers: [alertname="DatabaseDown"]
                    target_matchers: [severity="warning"]
                    equal: [cluster]
                receivers:
                  - name: pager
                    webhook_configs:
                      - url: %s
                """.formatted(GROUP_WAIT.toSeconds(), pagerUrl);
    }

    /** Plays it; takes about 40 seconds. */
    void play() throws InterruptedException {
        screen.tell("Three web servers go down. Both senders report all three: one page is due.");
        fire(List.of(down(1), down(2), down(3)));
        turning.due("{}:{alertname=\"InstanceDown\", cluster=\"eu\"}", GROUP_WAIT);
        Thread.sleep(Duration.ofSeconds(7));
        screen.tell("The database behind them goes down. It explains the servers: from now on it inhibits them.");
        fire(List.of(DATABASE));
        turning.due("{}:{alertname=\"DatabaseDown\", cluster=\"eu\"}", GROUP_WAIT);
        Thread.sleep(Duration.ofSeconds(5));
        screen.tell("A fourth server goes down. No page: the database explains it.");
        fire(List.of(down(4)));
        Thread.sleep(Duration.ofSeconds(7));
        silence();
        screen.tell("You silence service=checkout for an hour. Then checkout gets slow. No page: it is silenced.");
        fire(List.of(CHECKOUT));
        Thread.sleep(Duration.ofSeconds(7));
        screen.tell(
                "Everything recovers; the second sender notices two seconds later. One page for each group is due.");
        for (Sender sender : senders) {
            sender.resolve(List.of(DATABASE, CHECKOUT, down(1), down(2), down(3), down(4)));
            Thread.sleep(Duration.ofSeconds(2));
        }
        Thread.sleep(Duration.ofSeconds(8));
    }

    /** One more thing goes wrong after the story, and is well again soon. */
    void encore() throws InterruptedException {
        String cluster = "encore-" + ++encores;
        String labels = "\"alertname\":\"DiskFull\",\"cluster\":\"" + cluster + "\",\"severity\":\"critical\"";
        screen.tell("A disk runs full. One page is due.");
        fire(List.of(labels));
        turning.due("{}:{alertname=\"DiskFull\", cluster=\"" + cluster + "\"}", GROUP_WAIT);
        senders.forEach(sender -> sender.resolve(List.of(labels)));
    }

    private void fire(List<String> labels) {
        senders.forEach(sender -> sender.fire(labels));
    }

    private static String down(int server) {
        return "\"alertname\":\"InstanceDown\",\"cluster\":\"eu\",\"severity\":\"warning\",\"instance\":\"web-" + server
                + "\"";
    }

    private void silence() throws InterruptedException {
        Instant now = Instant.now();
        String body =
                "{\"matchers\":[{\"name\":\"service\",\"value\":\"checkout\",\"isRegex\":false}],\"startsAt\":\"" + now
                        + "\",\"endsAt\":\"" + now.plus(Duration.ofHours(1))
                        + "\",\"createdBy\":\"demo\",\"comment\":\"planned work on checkout\"}";
        for (String node : hub) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(node + "/api/v2/silences"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(5))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                return; // one node is enough: the others know
            } catch (IOException e) {
                // this one is down: the next one takes it
            }
        }
        screen.tell("The silence could not be made: no node answers.");
    }
}
