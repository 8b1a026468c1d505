package dev.tocsin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.grpc.v1.WatchKind;
import dev.tocsin.it.support.Configs;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client follows the alerts of a cluster while the node it is connected to is killed again and again. */
class GrpcStateWatchIT extends KilledWatch<AlertServiceWatchResponse> {
    private static final int ALERTS = 300;

    @TempDir
    Path folder;

    /** The version of each alert that the client has. */
    private final Map<String, Long> has = new TreeMap<>();

    private final Random random = new Random(1);
    private int told;
    private int resets;
    private int repeated;
    private int wrong;
    private String cursor = "";

    @Test
    void aClientThatSaysWhatItHasMissesNoChangeAndHearsNoneTwice() {
        try (HubCluster cluster = cluster(folder)) {
            cluster.startAll();
            cluster.api(0).postAlerts(Configs.alerts("Stands", "i", 0, ALERTS));
            killAll(cluster);
            System.out.println(KILLS + " kills: " + told + " alerts told, " + (resets - 1) + " resets, " + repeated
                    + " repeated, " + wrong + " wrong pictures");
            assertThat(resets).isEqualTo(1);
            assertThat(repeated).isZero();
            assertThat(wrong).isZero();
        }
    }

    @Override
    void alive(HubCluster cluster, int victim, ManagedChannel channel, Iterator<AlertServiceWatchResponse> stream) {
        sync(stream);
        // what is on its way between the nodes may come after the snapshot
        for (int i = 0; i < 5 && !has.keySet().equals(listed(channel)); i++) {
            take(stream.next());
        }
        wrong += has.keySet().equals(listed(channel)) ? 0 : 1;
        change(cluster, (victim + 1) % 3);
        if (random.nextBoolean()) {
            take(stream.next());
        }
    }

    @Override
    void dead(HubCluster cluster, int victim) {
        change(cluster, (victim + 2) % 3);
    }

    /** Some alerts begin, others end, and some say something else. */
    private void change(HubCluster cluster, int node) {
        cluster.api(node).postAlerts(Configs.alerts("New", "i", random.nextInt(1_000), 3));
        cluster.api(node)
                .postAlerts(
                        "[{\"labels\":{\"alertname\":\"Stands\",\"instance\":\"i%d\"},\"endsAt\":\"2026-01-01T00:00:00Z\"}]"
                                .formatted(random.nextInt(ALERTS)));
        cluster.api(node)
                .postAlerts(
                        "[{\"labels\":{\"alertname\":\"Stands\",\"instance\":\"i%d\"},\"annotations\":{\"n\":\"%d\"}}]"
                                .formatted(random.nextInt(ALERTS), random.nextInt()));
    }

    @Override
    Iterator<AlertServiceWatchResponse> watch(ManagedChannel channel) {
        return AlertServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(2, TimeUnit.MINUTES)
                .watch(AlertServiceWatchRequest.newBuilder()
                        .setCursor(cursor)
                        .putAllKnown(has)
                        .build());
    }

    private static Set<String> listed(ManagedChannel channel) {
        Set<String> fingerprints = new TreeSet<>();
        AlertServiceGrpc.newBlockingStub(channel)
                .list(AlertServiceListRequest.newBuilder().setPageSize(10_000).build())
                .getAlertsList()
                .forEach(alert -> fingerprints.add(alert.getFingerprint()));
        return fingerprints;
    }

    private void sync(Iterator<AlertServiceWatchResponse> stream) {
        AlertServiceWatchResponse message;
        do {
            message = stream.next();
            take(message);
        } while (message.getKind() != WatchKind.WATCH_KIND_SYNCED);
    }

    @Override
    void take(AlertServiceWatchResponse message) {
        if (message.getKind() == WatchKind.WATCH_KIND_RESET) {
            has.clear();
            resets++;
        }
        for (int i = 0; i < message.getUpsertedCount(); i++) {
            Alert alert = message.getUpserted(i);
            Long before = has.put(alert.getFingerprint(), message.getVersions(i));
            told++;
            repeated += before != null && before == message.getVersions(i) ? 1 : 0;
        }
        for (String gone : message.getRemovedList()) {
            repeated += has.remove(gone) == null ? 1 : 0;
        }
        cursor = message.getCursor();
    }
}
