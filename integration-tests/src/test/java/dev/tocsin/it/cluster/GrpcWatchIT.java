package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.grpc.v1.JournalEntry;
import dev.tocsin.api.grpc.v1.NotificationServiceGrpc;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryRequest;
import dev.tocsin.api.grpc.v1.NotificationServiceHistoryResponse;
import dev.tocsin.api.grpc.v1.NotificationServiceWatchRequest;
import dev.tocsin.api.grpc.v1.NotificationServiceWatchResponse;
import dev.tocsin.it.support.Configs;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client follows the journals of three nodes while the node it is connected to is killed again and again. */
class GrpcWatchIT extends KilledWatch<NotificationServiceWatchResponse> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> repeated = new ArrayList<>();
    private String cursor = "";
    private int alerts;

    @Test
    void aWatchThatGoesOnElsewhereMissesNothingAndRepeatsNothing() {
        try (HubCluster cluster = cluster(folder)) {
            cluster.startAll();
            List<String> before = names(history(cluster, 0));
            killAll(cluster);
            List<String> wanted = new ArrayList<>();
            ManagedChannel channel = channel(cluster, 1);
            try {
                Iterator<NotificationServiceWatchResponse> stream = watch(channel);
                cluster.api(0).postAlerts(Configs.alerts("Last", "i", 0, 1));
                long end = System.nanoTime() + PATIENCE.toNanos();
                do {
                    take(stream.next());
                    wanted = names(history(cluster, 0));
                    wanted.removeAll(before);
                } while (!seen.containsAll(wanted) && System.nanoTime() < end);
            } finally {
                channel.shutdownNow();
            }
            List<String> missed = new ArrayList<>(wanted);
            missed.removeAll(seen);
            System.out.println(KILLS + " kills: " + seen.size() + " entries told, " + missed.size() + " missed, "
                    + repeated.size() + " repeated");
            assertThat(missed).isEmpty();
            assertThat(repeated).isEmpty();
            assertThat(wanted).hasSizeGreaterThan(KILLS * 6);
        }
    }

    @Override
    void alive(
            HubCluster cluster, int victim, ManagedChannel channel, Iterator<NotificationServiceWatchResponse> stream) {
        take(stream.next());
        for (int i = 0; i < 5; i++) {
            cluster.api((victim + 1 + i % 2) % 3).postAlerts(Configs.alerts("Watched", "i", alerts++, 1));
        }
        int some = seen.size();
        while (seen.size() < some + 3) {
            take(stream.next());
        }
    }

    @Override
    void dead(HubCluster cluster, int victim) {
        cluster.api((victim + 1) % 3).postAlerts(Configs.alerts("Watched", "i", alerts++, 1));
    }

    @Override
    Iterator<NotificationServiceWatchResponse> watch(ManagedChannel channel) {
        return NotificationServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(5, TimeUnit.MINUTES)
                .watch(NotificationServiceWatchRequest.newBuilder()
                        .setCursor(cursor)
                        .build());
    }

    @Override
    void take(NotificationServiceWatchResponse message) {
        for (JournalEntry entry : message.getEntriesList()) {
            String name = name(entry);
            Long before = last.put(entry.getNode(), entry.getOffset());
            if (!seen.add(name) || (before != null && before >= entry.getOffset())) {
                repeated.add(name);
            }
        }
        cursor = message.getCursor();
    }

    private static String name(JournalEntry entry) {
        return entry.getNode() + "/" + entry.getOffset();
    }

    private static List<String> names(List<JournalEntry> entries) {
        List<String> names = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (!entry.getKind().equals("gap")) {
                names.add(name(entry));
            }
        }
        return names;
    }

    /** Everything that the journals of all nodes hold. */
    private static List<JournalEntry> history(HubCluster cluster, int node) {
        ManagedChannel channel = channel(cluster, node);
        try {
            var stub = NotificationServiceGrpc.newBlockingStub(channel);
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                List<JournalEntry> entries = new ArrayList<>();
                                String token = "";
                                boolean whole = true;
                                do {
                                    NotificationServiceHistoryResponse page =
                                            stub.history(NotificationServiceHistoryRequest.newBuilder()
                                                    .setPageSize(1_000)
                                                    .setPageToken(token)
                                                    .build());
                                    entries.addAll(page.getEntriesList());
                                    whole &= page.getSilentNodesCount() == 0;
                                    token = page.getNextPageToken();
                                } while (!token.isEmpty());
                                return whole ? entries : null;
                            },
                            entries -> entries != null);
        } finally {
            channel.shutdownNow();
        }
    }
}
