package dev.tocsin.cluster.protocol.turn;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.store.AlertExchange;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts out of the store and into it. Used on the hub loop only. */
public final class StoredParcels implements AlertParcels {
    private static final Logger log = LoggerFactory.getLogger(StoredParcels.class);

    private final AlertExchange alerts;
    private final PeerTimes times;

    /** @param alerts of this node's store */
    public StoredParcels(AlertExchange alerts, PeerTimes times) {
        this.alerts = alerts;
        this.times = times;
    }

    @Override
    public ByteString pack(List<Alert> some) {
        return ByteString.copyFrom(alerts.encode(some));
    }

    @Override
    public void unpack(String peer, ByteString parcel, long sentAtWallMs) {
        try {
            alerts.merge(parcel.toByteArray(), times.read(peer, sentAtWallMs));
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("component", "cluster")
                    .addKeyValue("peer", peer)
                    .addKeyValue("err", e.getMessage())
                    .log("Alerts of a question about a due group cannot be read");
        }
    }
}
