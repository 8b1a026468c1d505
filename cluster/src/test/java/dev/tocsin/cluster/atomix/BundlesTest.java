package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.LogPush;
import dev.tocsin.core.runtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> sent = new ArrayList<>();
    private boolean room = true;
    private final Bundles bundles = new Bundles(time, time, (peer, bytes, waiting) -> room, this::record);

    private void record(String peer, Bundle bundle) {
        StringBuilder text = new StringBuilder(peer);
        bundle.getMessagesList().forEach(message -> text.append(' ').append(message.getDelivery()));
        sent.add(text.toString());
    }

    private static Envelope message(int number) {
        return Envelope.newBuilder().setDelivery(number).build();
    }

    private static Envelope message(int number, int bytes) {
        return Envelope.newBuilder()
                .setDelivery(number)
                .setAlertPush(AlertPush.newBuilder().setAlerts(ByteString.copyFrom(new byte[bytes])))
                .build();
    }

    @Test
    void whatTheTasksThatWaitSayGoesTogetherAndInOrder() {
        time.execute(() -> bundles.add("b", message(1)));
        time.execute(() -> {
            bundles.add("b", message(2));
            bundles.add("c", message(3));
            bundles.add("b", message(4));
        });
        time.settle();
        assertThat(sent).containsExactlyInAnyOrder("b 1 2 4", "c 3");
    }

    @Test
    void nothingWaitsForMore() {
        bundles.add("b", message(1));
        time.settle();
        bundles.add("b", message(2));
        time.settle();
        assertThat(sent).containsExactly("b 1", "b 2");
    }

    @Test
    void aNodeThatHasMuchToSayKeepsAPace() {
        for (int i = 0; i < 100; i++) {
            bundles.add("b", message(i));
            time.advance(Duration.ofNanos(Bundles.PACE_NANOS / 10));
        }
        assertThat(sent).hasSizeBetween(Bundles.AT_ONCE + 9, Bundles.AT_ONCE + 10);
        time.advance(Duration.ofNanos(Bundles.PACE_NANOS));
        assertThat(String.join("", sent).replace("b", ""))
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> " " + i).collect(Collectors.joining()));
    }

    @Test
    void whatWaitsAfterManyOutcomesWaitsNoLongerThanTheSlowestPace() {
        for (int i = 0; i < 100; i++) {
            bundles.add("b", outcome(i));
        }
        assertThat(sent).hasSize(100);
        bundles.add("b", message(100));
        time.settle();
        assertThat(sent).hasSize(100);
        time.advance(Duration.ofNanos(Bundles.PACE_NANOS));
        assertThat(sent).hasSize(101);
    }

    @Test
    void whatGoesAlongWaitsForTheNextMessageButNotForEver() {
        bundles.addAlong("b", message(1));
        time.settle();
        assertThat(sent).isEmpty();
        bundles.add("b", message(2));
        time.settle();
        assertThat(sent).containsExactly("b 1 2");
        time.advance(Bundles.ALONE_AFTER);
        assertThat(sent).hasSize(1);
        bundles.addAlong("b", message(3));
        bundles.addAlong("c", message(4));
        time.advance(Bundles.ALONE_AFTER);
        assertThat(sent).hasSize(3).contains("b 3", "c 4");
    }

    @Test
    void theEndWaitsForNothing() {
        for (int i = 0; i < 10; i++) {
            bundles.add("b", message(i));
            time.settle();
        }
        assertThat(sent).hasSize(Bundles.AT_ONCE);
        bundles.send();
        assertThat(sent).hasSize(Bundles.AT_ONCE + 1);
    }

    private static Envelope outcome(int number) {
        return Envelope.newBuilder()
                .setDelivery(number)
                .setLogPush(LogPush.getDefaultInstance())
                .build();
    }

    @Test
    void anOutcomeTakesAlongWhatWaitsAndGoesAtOnce() {
        bundles.add("b", message(1));
        bundles.add("b", outcome(2));
        assertThat(sent).containsExactly("b 1 2");
        time.settle();
        assertThat(sent).hasSize(1);
    }

    @Test
    void aBundleIsClosedWhenItIsFull() {
        bundles.add("b", message(1, 10));
        bundles.add("b", message(2, Bundles.MOST_BYTES));
        bundles.add("b", message(3, 10));
        assertThat(sent).containsExactly("b 1", "b 2");
        time.settle();
        assertThat(sent).containsExactly("b 1", "b 2", "b 3");
    }

    @Test
    void whatHasNoRoomIsToldToItsSenderAndTheRestIsSent() {
        assertThat(bundles.add("b", message(1))).isTrue();
        room = false;
        assertThat(bundles.add("b", message(2))).isFalse();
        time.settle();
        assertThat(sent).containsExactly("b 1");
    }
}
