package dev.tocsin.cluster.protocol.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.google.protobuf.ByteString;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.group.TestAlert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.storage.MemoryStorage;
import dev.tocsin.core.store.AlertExchange;
import dev.tocsin.core.store.AlertStore;
import dev.tocsin.core.store.AlertStoreOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredParcelsTest {
    private final VirtualTime time = new VirtualTime();
    private final AlertStore here = store();
    private final AlertStore there = store();

    private AlertStore store() {
        try {
            AlertStore store = new AlertStore(
                    AlertStoreOptions.DEFAULTS, time, time, new MemoryStorage(time), new Metrics(new MetricRegistry()));
            store.load();
            return store;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private StoredParcels parcels(AlertStore store) {
        return new StoredParcels(
                new AlertExchange(store, time),
                new PeerTimes(peer -> null, time),
                new UnreadableMessages(new Metrics(new MetricRegistry()), time));
    }

    @Test
    void alertsOfOneStoreReachAnother() {
        Alert alert = TestAlert.firing(time.now(), "a", "1");
        here.put(List.of(alert), new AlertSource("192.0.2.1", "curl"), () -> {});
        ByteString parcel = parcels(here).pack(List.of(alert, TestAlert.firing(time.now(), "a", "not stored")));
        parcels(there).unpack("n1", parcel, time.now().toEpochMilli());
        assertThat(there.size()).isEqualTo(1);
        assertThat(there.find(alert.fingerprint())).isEqualTo(here.find(alert.fingerprint()));
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        parcels(there)
                .unpack(
                        "n1",
                        ByteString.copyFromUtf8("no alerts at all"),
                        time.now().toEpochMilli());
        assertThat(there.size()).isZero();
    }
}
