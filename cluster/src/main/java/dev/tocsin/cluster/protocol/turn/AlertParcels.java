package dev.tocsin.cluster.protocol.turn;

import com.google.protobuf.ByteString;
import dev.tocsin.core.alert.Alert;
import java.util.List;

/** Alerts on their way to a peer that may lack some of them. Used on the hub loop only. */
public interface AlertParcels {
    /** What this node's store knows of {@code alerts}; empty if it knows none of them. */
    ByteString pack(List<Alert> alerts);

    /**
     * Stores what a peer knows, as though it had been pushed; a parcel that cannot be read changes nothing.
     *
     * @param sentAtWallMs the peer's clock when it packed: milliseconds since the epoch
     */
    void unpack(String peer, ByteString parcel, long sentAtWallMs);
}
