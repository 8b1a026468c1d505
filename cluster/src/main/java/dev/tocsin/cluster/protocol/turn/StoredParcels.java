package dev.tocsin.cluster.protocol.turn;

import com.google.protobuf.ByteString;
import dev.tocsin.cluster.protocol.PeerTimes;
import dev.tocsin.cluster.protocol.UnreadableMessages;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.store.AlertExchange;
import java.io.IOException;
import java.util.List;

/** Alerts out of the store and into it. Used on the hub loop only. */
public final class StoredParcels implements AlertParcels {

    private final AlertExchange alerts;
    private final PeerTimes times;
    private final UnreadableMessages unreadable;

    /** @param alerts of this node's store */
    public StoredParcels(AlertExchange alerts, PeerTimes times, UnreadableMessages unreadable) {
        this.alerts = alerts;
        this.times = times;
        this.unreadable = unreadable;
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
            unreadable.note(peer, e);
        }
    }
}
