package dev.tocsin.cluster.protocol.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.cluster.proto.Channel;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.Page;
import dev.tocsin.cluster.proto.Pull;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.store.AlertExchange;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node fetches that joins, or whom a peer asks for pages. */
class FetchTest extends SyncRig {
    @Test
    void aNodeIsWarmOnlyWhenAllPagesHaveComeThoughSomeAreLostOnTheWay() {
        SyncNode a = cluster("a", "b").getFirst();
        Alert[] many = new Alert[4000];
        for (int i = 0; i < many.length; i++) {
            many[i] = a.firing("X" + i);
        }
        a.post(SECOND, many);
        time.advance(SECOND);
        network.lose(0.3);

        SyncNode c = node("c").start();
        for (int i = 0; i < 20_000 && !c.members.warm(); i++) {
            time.advance(Duration.ofMillis(1));
        }

        assertThat(c.members.warm()).isTrue();
        assertThat(c.alerts.size()).isEqualTo(4000);
    }

    @Test
    void aNodeThatJoinsFetchesEverythingOnceThoughAllIsSaidTwice() {
        SyncNode a = cluster("a", "b").getFirst();
        Alert[] many = new Alert[3000];
        for (int i = 0; i < many.length; i++) {
            many[i] = a.firing("X" + i);
        }
        a.post(SECOND, many);
        BitSet all = new BitSet();
        all.set(0, Buckets.COUNT);
        int pages = 0;
        for (Iterator<byte[]> page = new AlertExchange(a.alerts, a.clock).pages(all); page.hasNext(); page.next()) {
            pages++;
        }
        Duration moreThanUntilItIsRepeated = Duration.ofMillis(600);
        network.delay("a", "c", moreThanUntilItIsRepeated);
        network.delay("b", "c", moreThanUntilItIsRepeated);

        SyncNode c = node("c").start();
        time.advance(SECOND.multipliedBy(20));

        assertThat(c.members.warm()).isTrue();
        assertThat(c.counted("tocsin_cluster_pages_total", "alerts")).isEqualTo(pages);
    }

    @Test
    void aNodeThatJoinsAsksAnotherPeerSoonIfTheFirstDoesNotAnswer() {
        cluster("a", "b");
        Set<Integer> begun = new HashSet<>();
        network.rewrite(message -> {
            if (message.hasDigest()
                    && message.getDigest().getJoining()
                    && message.getDigest().getAnswer()) {
                begun.add(message.getDigest().getExchange());
            }
            return message.hasDigest() && !message.getDigest().getAnswer() ? Envelope.getDefaultInstance() : message;
        });
        node("c").start();

        time.advance(Duration.ofMillis(900));
        assertThat(begun).hasSize(1);
        time.advance(Duration.ofMillis(500));
        assertThat(begun).hasSize(2);
    }

    @Test
    void aPullThatIsRepeatedBecauseThisNodeIsSlowIsAnsweredOnce() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode a = nodes.get(0);
        SyncNode b = nodes.get(1);
        double before = b.counted("tocsin_cluster_pages_total", "alerts");
        Envelope message = Envelope.newBuilder()
                .setDelivery(1_000_000)
                .setPull(Pull.newBuilder().setChannel(Channel.ALERTS).addBuckets(1))
                .build();
        a.sync.take("b", message);
        a.sync.take("b", message);
        time.advance(SECOND);

        assertThat(b.counted("tocsin_cluster_pages_total", "alerts")).isEqualTo(before + 1);
    }

    @Test
    void aPageThatIsRepeatedBecauseThisNodeIsSlowIsJoinedOnce() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode b = nodes.get(1);
        double before = b.counted("tocsin_cluster_pages_total", "alerts");
        Page page = Page.newBuilder().setChannel(Channel.ALERTS).build();
        for (int delivery = 1_000_000; delivery < 1_000_100; delivery++) {
            Envelope message =
                    Envelope.newBuilder().setDelivery(delivery).setPage(page).build();
            b.sync.take("a", message);
            b.sync.take("a", message);
        }

        assertThat(b.counted("tocsin_cluster_pages_total", "alerts")).isEqualTo(before + 100);
    }

    @Test
    void aPeerThatNeverAcknowledgesPagesCanPullAgainAfterItWasAway() {
        List<SyncNode> nodes = cluster("a", "b");
        SyncNode a = nodes.get(0);
        SyncNode b = nodes.get(1);
        Alert[] many = new Alert[1200];
        for (int i = 0; i < many.length; i++) {
            many[i] = a.firing("X" + i);
        }
        network.isolate("a");
        a.post(SECOND, many);
        Pull.Builder all = Pull.newBuilder();
        for (int i = 0; i < 1024; i++) {
            all.addBuckets(i);
        }
        for (int i = 0; i < 30; i++) {
            a.sync.take("b", Envelope.newBuilder().setPull(all).build());
        }
        time.advance(SECOND.multipliedBy(5));
        network.heal();
        time.advance(SECOND.multipliedBy(5));

        assertThat(b.alerts.size()).isEqualTo(1200);
    }
}
