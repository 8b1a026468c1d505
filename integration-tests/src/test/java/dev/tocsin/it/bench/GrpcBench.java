package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.api.grpc.v1.Alert;
import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceListRequest;
import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.grpc.v1.WatchKind;
import dev.tocsin.it.support.Api;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import dev.tocsin.it.support.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and watches over gRPC; lists beside the real Alertmanager's JSON. It prints figures and asserts no times. */
@Tag("bench")
class GrpcBench {
    private static final int ALERTS = 50_000;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 7;
    private static final int WATCHERS = 1_000;
    private static final int NEVER_READ = 10;
    private static final int CHANGES = 30;

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

    @Test
    void aChangeReachesAThousandWatchersOfWhomTenNeverRead() throws InterruptedException {
        try (Node node = Node.tocsin(folder.resolve("w"), Configs.SILENT, "--grpc.listen-address=127.0.0.1:0")) {
            node.api().postAlerts(Configs.alerts("Before", "i", 0, BATCH));
            List<ManagedChannel> channels = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                channels.add(channel(GrpcAddress.port(node)));
            }
            CountDownLatch synced = new CountDownLatch(WATCHERS - NEVER_READ);
            Map<String, CountDownLatch> heard = new ConcurrentHashMap<>();
            Map<String, List<Long>> delays = new ConcurrentHashMap<>();
            Map<String, Long> posted = new ConcurrentHashMap<>();
            try {
                for (int i = 0; i < WATCHERS; i++) {
                    boolean reads = i >= NEVER_READ;
                    AlertServiceGrpc.newStub(channels.get(i % channels.size()))
                            .watch(AlertServiceWatchRequest.getDefaultInstance(), new Reader(reads, message -> {
                                long now = System.nanoTime();
                                if (message.getKind() == WatchKind.WATCH_KIND_SYNCED) {
                                    synced.countDown();
                                }
                                for (Alert alert : message.getUpsertedList()) {
                                    String name = alert.getLabelsOrDefault("alertname", "");
                                    CountDownLatch latch = heard.get(name);
                                    if (latch != null) {
                                        Objects.requireNonNull(delays.get(name))
                                                .add(now - Objects.requireNonNull(posted.get(name)));
                                        latch.countDown();
                                    }
                                }
                            }));
                }
                assertThat(synced.await(120, TimeUnit.SECONDS)).isTrue();
                List<Long> all = new ArrayList<>();
                for (int i = 0; i < CHANGES; i++) {
                    String name = "Change" + i;
                    CountDownLatch latch = new CountDownLatch(WATCHERS - NEVER_READ);
                    delays.put(name, java.util.Collections.synchronizedList(new ArrayList<>()));
                    heard.put(name, latch);
                    posted.put(name, System.nanoTime());
                    node.api().postAlerts(Configs.alerts(name, "i", 0, 1));
                    assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
                    if (i >= CHANGES / 3) {
                        all.addAll(delays.get(name));
                    }
                }
                all.sort(null);
                System.out.printf(
                        "a change to %d watchers (%d more never read): p50 %.0f ms, p99 %.0f ms, last %.0f ms%n",
                        WATCHERS - NEVER_READ,
                        NEVER_READ,
                        all.get(all.size() / 2) / 1e6,
                        all.get(all.size() * 99 / 100) / 1e6,
                        all.getLast() / 1e6);
            } finally {
                channels.forEach(ManagedChannel::shutdownNow);
            }
        }
    }

    /** A watcher; one that does not read asks for one message and no more. */
    private record Reader(boolean reads, java.util.function.Consumer<AlertServiceWatchResponse> taken)
            implements ClientResponseObserver<AlertServiceWatchRequest, AlertServiceWatchResponse> {
        @Override
        public void beforeStart(ClientCallStreamObserver<AlertServiceWatchRequest> call) {
            if (!reads) {
                call.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(AlertServiceWatchResponse message) {
            taken.accept(message);
        }

        @Override
        public void onError(Throwable failure) {
            // ended with the test
        }

        @Override
        public void onCompleted() {}
    }
}
