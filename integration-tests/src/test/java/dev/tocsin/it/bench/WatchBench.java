package dev.tocsin.it.bench;

import dev.tocsin.api.grpc.v1.AlertServiceGrpc;
import dev.tocsin.api.grpc.v1.AlertServiceWatchRequest;
import dev.tocsin.api.grpc.v1.AlertServiceWatchResponse;
import dev.tocsin.api.grpc.v1.WatchKind;
import dev.tocsin.it.support.Configs;
import dev.tocsin.it.support.GrpcAddress;
import dev.tocsin.it.support.Node;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand clients that watch alerts, ten of whom never read. It prints figures and asserts no times. */
@Tag("bench")
class WatchBench {
    private static final int READERS = 990;
    private static final int DEAF = 10;
    private static final int BEFORE = 100;
    private static final int BATCH = 1_000;
    private static final int ROUND = 5_000;
    private static final int ROUNDS = 12;

    @TempDir
    private Path folder;

    private Node node() {
        Node node = Node.tocsin(folder, Configs.SILENT, "--grpc.listen-address=127.0.0.1:0");
        node.api().postAlerts(Configs.alerts("Before", "i", 0, BEFORE));
        return node;
    }

    private static List<ManagedChannel> channels(Node node) {
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", GrpcAddress.port(node))
                    .usePlaintext()
                    .build());
        }
        return channels;
    }

    private static void watch(ManagedChannel channel, boolean reads, Consumer<AlertServiceWatchResponse> taken) {
        AlertServiceGrpc.newStub(channel)
                .watch(AlertServiceWatchRequest.getDefaultInstance(), new Reader(reads, taken));
    }

    @Test
    void watchesOverGrpc() throws InterruptedException {
        try (Node node = node()) {
            Crowd crowd = new Crowd(READERS);
            List<ManagedChannel> channels = channels(node);
            try {
                for (int i = 0; i < READERS + DEAF; i++) {
                    watch(channels.get(i % channels.size()), i < READERS, message -> {
                        if (message.getKind() == WatchKind.WATCH_KIND_SYNCED) {
                            crowd.synced();
                        }
                        message.getUpsertedList()
                                .forEach(alert -> crowd.heard(alert.getLabelsOrDefault("alertname", "")));
                    });
                }
                crowd.measure("gRPC", node);
            } finally {
                channels.forEach(ManagedChannel::shutdownNow);
            }
        }
    }

    @Test
    @SuppressWarnings("try") // they read as long as they are open
    void streamsOfEvents() throws IOException, InterruptedException {
        try (Node node = node()) {
            Crowd crowd = new Crowd(READERS);
            String path = "/api/hub/v1/stream?view=alerts";
            try (StreamCrowd streams = new StreamCrowd(URI.create(node.api().base()), path, crowd, READERS, DEAF)) {
                crowd.measure("Server-Sent Events", node);
            }
        }
    }

    /** Ten clients stop reading while alerts change some sixty thousand times: what the node holds for them. */
    @Test
    void whoNeverReadsCostsNoMemory() throws InterruptedException {
        try (Node node = node()) {
            List<ManagedChannel> channels = channels(node);
            try {
                change(node, 0);
                change(node, 1);
                double alone = ProcessFigures.rssMib(node.process().pid());
                CountDownLatch synced = new CountDownLatch(1);
                watch(channels.getFirst(), true, message -> {
                    if (message.getKind() == WatchKind.WATCH_KIND_SYNCED) {
                        synced.countDown();
                    }
                });
                synced.await();
                change(node, 2);
                double watched = ProcessFigures.rssMib(node.process().pid());
                for (int i = 0; i < DEAF; i++) {
                    watch(channels.get(i), false, message -> {});
                }
                for (int round = 3; round < ROUNDS; round++) {
                    change(node, round);
                }
                System.out.printf(
                        "RSS with %d alerts: %.0f MiB, with one watcher %.0f MiB, with ten more that never read after %d"
                                + " changes %.0f MiB%n",
                        BEFORE + ROUND,
                        alone,
                        watched,
                        ROUND * (ROUNDS - 3),
                        ProcessFigures.rssMib(node.process().pid()));
            } finally {
                channels.forEach(ManagedChannel::shutdownNow);
            }
        }
    }

    /** Every alert gets another annotation. */
    private static void change(Node node, int round) {
        for (int first = 0; first < ROUND; first += BATCH) {
            StringBuilder body = new StringBuilder("[");
            for (int i = first; i < first + BATCH; i++) {
                body.append(i == first ? "" : ",")
                        .append("{\"labels\":{\"alertname\":\"Changes\",\"instance\":\"i")
                        .append(i)
                        .append("\"},\"annotations\":{\"round\":\"")
                        .append(round)
                        .append("\"}}");
            }
            node.api().postAlerts(body.append(']').toString());
        }
    }

    /** A watcher; one that does not read asks for nothing. */
    private record Reader(boolean reads, Consumer<AlertServiceWatchResponse> taken)
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
