package dev.tocsin.core.snapshot;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants as protobuf timestamps and back. */
final class ProtoTime {
    private ProtoTime() {}

    static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** @throws InvalidSnapshotException if the seconds are out of the range of an instant */
    static Instant read(Timestamp timestamp) throws InvalidSnapshotException {
        try {
            return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidSnapshotException("impossible time: " + timestamp.getSeconds() + " s since the epoch");
        }
    }
}
