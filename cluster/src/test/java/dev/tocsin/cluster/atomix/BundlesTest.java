package dev.tocsin.cluster.atomix;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.proto.AlertPush;
import dev.tocsin.cluster.proto.Bundle;
import dev.tocsin.cluster.proto.Envelope;
import dev.tocsin.cluster.proto.LogPush;
import dev.tocsin.core.runtime.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundlesTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> sent = new ArrayList<>();
    private boolean room = true;
    private final Bundles bundles = new Bundles(time, (peer, bytes, waiting) -> room, this::record);

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
    void anOutcomeTakesAlongWhatWaitsAndGoesAtOnce() {
        bundles.add("b", message(1));
        bundles.add(
                "b",
                Envelope.newBuilder()
                        .setDelivery(2)
                        .setLogPush(LogPush.getDefaultInstance())
                        .build());
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
