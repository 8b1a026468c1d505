package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import dev.tocsin.it.support.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists over gRPC beside the real Alertmanager's JSON. It prints figures and asserts no times. */
@Tag("bench")
class GrpcBench {
    private static final int ALERTS = 50_000;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 7;

    @TempDir
    private Path folder;

    @Test
    void listOfFiftyThousandAlerts() {
        Cost mine;
        try (Node node = Node.tocsin(folder.resolve("t"), Configs.SILENT, "--grpc.listen-address=127.0.0.1:0")) {
            post(node.api());
            ManagedChannel channel = channel(GrpcAddress.port(node));
            try {
                mine = measure(node, () -> {
                    int alerts = 0;
                    String token = "";
                    do {
                        AlertServiceListResponse page = AlertServiceGrpc.newBlockingStub(channel)
                                .list(AlertServiceListRequest.newBuilder()
                                        .setPageSize(10_000)
                                        .setPageToken(token)
                                        .build());
                        alerts += page.getAlertsCount();
                        token = page.getNextPageToken();
                    } while (!token.isEmpty());
                    assertThat(alerts).isEqualTo(ALERTS);
                });
            } finally {
                channel.shutdownNow();
            }
        }
        try (Node node = Node.alertmanager(folder.resolve("a"), Configs.SILENT)) {
            post(node.api());
            Cost theirs = measure(
                    node,
                    () -> assertThat(node.api().get("/api/v2/alerts").body().length())
                            .isGreaterThan(ALERTS * 100));
            System.out.printf(
                    "list of %d alerts until the client has it: gRPC %.0f ms, Alertmanager's JSON %.0f ms"
                            + " (median of %d): %.1f times faster%n",
                    ALERTS, mine.millis(), theirs.millis(), ROUNDS, theirs.millis() / mine.millis());
            System.out.printf(
                    "the node's processor time for it: gRPC %.0f ms, Alertmanager's JSON %.0f ms: %.1f times less%n",
                    mine.cpuMillis(), theirs.cpuMillis(), theirs.cpuMillis() / mine.cpuMillis());
        }
    }

    private static void post(Api api) {
        for (int i = 0; i < ALERTS; i += BATCH) {
            api.postAlerts(Configs.alerts("Bench", "host-", i, BATCH));
        }
    }

    /**
     * What one list costs.
     *
     * @param millis by the clock, as the client sees it; the median
     * @param cpuMillis the node's processor time; the mean
     */
    private record Cost(double millis, double cpuMillis) {}

    private static Cost measure(Node node, Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        double[] millis = new double[ROUNDS];
        double cpu = cpuMillis(node);
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        double cpuMillis = (cpuMillis(node) - cpu) / ROUNDS;
        Arrays.sort(millis);
        return new Cost(millis[ROUNDS / 2], cpuMillis);
    }

    private static double cpuMillis(Node node) {
        return Objects.requireNonNull(node.process().cpu()).toNanos() / 1e6;
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }
}
