package example;

import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertFilter;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.grpc.v1.WatchKind;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Shows the alerts that fire, and what comes and goes. When a node dies it goes on at the next address: it says what it has,
 * and is told what differs there.
 *
 * <p>{@code FollowAlerts 'severity="page"' 127.0.0.1:9095 127.0.0.1:9195}; an empty matcher for all alerts.
 */
public final class FollowAlerts {
    private final AlertFilter filter;
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private String cursor = "";

    private FollowAlerts(AlertFilter filter) {
        this.filter = filter;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length < 2) {
            System.err.println("usage: FollowAlerts MATCHER HOST:PORT...");
            System.exit(2);
        }
        AlertFilter.Builder filter = AlertFilter.newBuilder();
        if (!arguments[0].isEmpty()) {
            filter.addMatchers(arguments[0]);
        }
        FollowAlerts follower = new FollowAlerts(filter.build());
        for (int i = 1; ; i = i % (arguments.length - 1) + 1) {
            ManagedChannel channel = Grpc.newChannelBuilder(arguments[i], InsecureChannelCredentials.create())
                    .keepAliveTime(10, TimeUnit.SECONDS)
                    .build();
            try {
                follower.follow(AlertServiceGrpc.newBlockingStub(channel), arguments[i]);
            } catch (StatusRuntimeException e) {
                System.err.println(arguments[i] + ": " + e.getStatus());
                switch (e.getStatus().getCode()) {
                    case INVALID_ARGUMENT, UNAUTHENTICATED, UNIMPLEMENTED -> System.exit(1);
                    default -> Thread.sleep(500);
                }
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private void follow(AlertServiceGrpc.AlertServiceBlockingStub node, String address) {
        Iterator<AlertServiceWatchResponse> messages = node.watch(AlertServiceWatchRequest.newBuilder()
                .setFilter(filter)
                .setCursor(cursor)
                .putAllKnown(versions)
                .build());
        while (messages.hasNext()) {
            AlertServiceWatchResponse message = messages.next();
            if (message.getKind() == WatchKind.WATCH_KIND_RESET) {
                alerts.clear();
                versions.clear();
                System.out.println("anew");
            }
            for (int i = 0; i < message.getUpsertedCount(); i++) {
                Alert alert = message.getUpserted(i);
                alerts.put(alert.getFingerprint(), alert);
                versions.put(alert.getFingerprint(), message.getVersions(i));
                System.out.println("+ " + alert.getLabelsMap());
            }
            for (String fingerprint : message.getRemovedList()) {
                System.out.println("- " + alerts.remove(fingerprint).getLabelsMap());
                versions.remove(fingerprint);
            }
            if (message.getKind() == WatchKind.WATCH_KIND_SYNCED) {
                System.err.println("= " + alerts.size() + " alerts at " + address);
            }
            cursor = message.getCursor();
        }
    }
}
