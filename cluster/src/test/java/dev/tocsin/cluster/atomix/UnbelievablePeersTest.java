package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.cluster.atomix.link.Insider;
import dev.tocsin.cluster.atomix.link.LinkOptions;
import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Heartbeat;
import dev.tocsin.cluster.proto.Hello;
import dev.tocsin.cluster.protocol.ClusterContext;
import dev.tocsin.cluster.protocol.ClusterNode;
import dev.tocsin.cluster.protocol.MemberTable;
import dev.tocsin.cluster.protocol.OtherVersions;
import dev.tocsin.cluster.protocol.OutboxCourier;
import dev.tocsin.cluster.protocol.Timings;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.core.metrics.MetricValues;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who know the label and say over a real connection what cannot be believed. */
class UnbelievablePeersTest {
    private static final int REPLICA = 7;

    private final RealTime time = new RealTime("a");
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final AtomixTransport transport = new AtomixTransport(
            new TransportOptions(
                    "a",
                    "127.0.0.1:0",
                    "",
                    false,
                    List.of(),
                    "",
                    SwimTimings.DEFAULTS,
                    LinkOptions.DEFAULTS,
                    TestNode.SEARCH),
            null,
            time,
            time,
            time,
            new SecureRandom(),
            metrics);
    private final ClusterContext context = new ClusterContext(
            "a",
            REPLICA,
            1,
            time,
            time,
            transport,
            new Random(1),
            metrics,
            event -> {},
            new UnreadableMessages(metrics, time),
            Timings.DEFAULTS,
            Set.of());
    private final MemberTable members;
    private final ClusterNode node;
    private final String address;

    UnbelievablePeersTest() throws IOException {
        members = new MemberTable(context, new MemoryStorage(new VirtualTime()), time);
        OutboxCourier courier = new OutboxCourier(context, members, peer -> {});
        node = new ClusterNode(context, members, courier, List.of());
        address = transport.bind();
    }

    @BeforeEach
    void start() {
        time.call(() -> {
            node.start();
            members.becomeWarm();
            return true;
        });
    }

    @AfterEach
    void stop() throws Exception {
        time.call(() -> {
            node.stop();
            transport.close();
            return true;
        });
        transport.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
        time.close();
    }

    private Hello.Builder hello(String name) {
        return Hello.newBuilder()
                .setNode(name)
                .setReplica(name.charAt(0))
                .setIncarnation(1)
                .setProtocol(1)
                .setWarm(true)
                .setSentAtWallMs(time.now().toEpochMilli());
    }

    private static Envelope of(Hello.Builder hello) {
        return Envelope.newBuilder().setHello(hello).build();
    }

    private static void tell(Insider peer, Envelope... messages) throws IOException {
        Bundle bundle = Bundle.newBuilder().addAllMessages(List.of(messages)).build();
        peer.tell("tocsin", bundle.toByteArray());
    }

    private Set<String> live() {
        return time.call(members::live);
    }

    private double distrusted(String reason) {
        return new MetricValues(metrics).value("tocsin_cluster_peers_distrusted_total", reason);
    }

    private void assertStillWelcomes(String name) throws IOException {
        try (Insider other = new Insider(address, name)) {
            tell(other, of(hello(name)));
            other.awaitRead();
            assertThat(live()).contains("a", name);
        }
    }

    @Test
    void onlyWhoTellsTheTruthIsLetIn() throws IOException {
        assertStillWelcomes("y");
        for (String reason : List.of("clock", "identity", "version", "limit")) {
            assertThat(distrusted(reason)).as(reason).isZero();
        }
    }

    @Test
    void aPeerWhoseClockIsAnHourOffIsCountedOnceAndNotBelieved() throws IOException {
        try (Insider peer = new Insider(address, "x")) {
            for (int i = 0; i < 20; i++) {
                long wrong = time.now().plus(Duration.ofHours(1)).toEpochMilli();
                tell(
                        peer,
                        of(hello("x").setSentAtWallMs(wrong)),
                        Envelope.newBuilder()
                                .setHeartbeat(
                                        Heartbeat.newBuilder().setSentAt(i + 1).setSentAtWallMs(wrong))
                                .build());
            }
            peer.awaitRead();
            assertThat(live()).containsExactly("a");
            assertThat(distrusted("clock")).isEqualTo(1);
            assertThat(new MetricValues(metrics).value("tocsin_cluster_clock_offset_seconds", "x"))
                    .isBetween(3590.0, 3610.0);
        }
        assertStillWelcomes("y");
    }

    @Test
    void aPeerOfALaterProtocolIsCountedOnceAndTaken() throws IOException {
        try (Insider peer = new Insider(address, "x")) {
            for (int i = 0; i < 20; i++) {
                tell(peer, OtherVersions.later(of(hello("x").setProtocol(2))));
            }
            peer.awaitRead();
            assertThat(live()).containsExactly("a", "x");
            assertThat(distrusted("version")).isEqualTo(1);
        }
    }

    @Test
    void aPeerThatCallsItselfOtherwiseOrHasACopiedDiskIsCountedOnceAndNotBelieved() throws IOException {
        try (Insider peer = new Insider(address, "x");
                Insider twin = new Insider(address, "t")) {
            for (int i = 0; i < 20; i++) {
                tell(peer, of(hello("z")));
                tell(twin, of(hello("t").setReplica(REPLICA)));
            }
            peer.awaitRead();
            twin.awaitRead();
            assertThat(live()).containsExactly("a");
            assertThat(distrusted("identity")).isEqualTo(2);
        }
        assertStillWelcomes("y");
    }

    @Test
    void damagedMessagesDoNoHarm() throws IOException {
        Random random = new Random(3);
        try (Insider peer = new Insider(address, "x")) {
            for (int i = 0; i < 500; i++) {
                tell(
                        peer,
                        OtherVersions.damaged(of(hello("x").addKnown("x").addKnown("a")), random),
                        OtherVersions.damaged(
                                Envelope.newBuilder()
                                        .setDelivery(i)
                                        .setHeartbeat(Heartbeat.newBuilder()
                                                .setSentAt(i + 1)
                                                .setEcho(1)
                                                .setHeldMs(5)
                                                .addMisses("a"))
                                        .build(),
                                random));
            }
            peer.awaitRead();
        }
        assertStillWelcomes("y");
    }
}
