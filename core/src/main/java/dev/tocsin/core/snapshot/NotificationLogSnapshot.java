package dev.tocsin.core.snapshot;

import com.google.protobuf.ByteString;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.snapshot.proto.Entry;
import dev.tocsin.core.snapshot.proto.MeshEntry;
import dev.tocsin.core.snapshot.proto.Receiver;
import dev.tocsin.core.snapshot.proto.ReceiverDataValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file {@code nflog} (contract sections 6.3, 6.4 and 13.4). */
public final class NotificationLogSnapshot {
    /** The file's name in the storage folder. */
    public static final String FILE = "nflog";

    private NotificationLogSnapshot() {}

    /**
     * What one integration last told about one group.
     *
     * @param groupKey the group key's text
     * @param receiver the receiver's name
     * @param integration the integration's name, such as {@code webhook}
     * @param index its place among the receiver's integrations of that name, from 0
     * @param timestamp when it was told
     * @param firing hashes of the label sets that fired (contract section 6.4)
     * @param resolved as {@code firing}
     * @param receiverData what the integration stored; may be empty
     * @param expiresAt when the record is forgotten
     */
    public record Notified(
            String groupKey,
            String receiver,
            String integration,
            int index,
            Instant timestamp,
            List<Long> firing,
            List<Long> resolved,
            Map<String, ReceiverValue> receiverData,
            Instant expiresAt) {
        /** Copies the collections. */
        public Notified {
            firing = List.copyOf(firing);
            resolved = List.copyOf(resolved);
            receiverData = Map.copyOf(receiverData);
        }
    }

    /** The file's bytes; empty if there are no entries. */
    public static byte[] encode(Collection<Notified> entries) {
        List<MeshEntry> messages = new ArrayList<>(entries.size());
        for (Notified entry : entries) {
            messages.add(message(entry));
        }
        return DelimitedRecords.encode(messages);
    }

    /**
     * The entries of a file.
     *
     * @throws InvalidSnapshotException if it is not such a file
     */
    public static List<Notified> decode(byte[] file) throws InvalidSnapshotException {
        List<MeshEntry> messages = DelimitedRecords.decode(file, MeshEntry.parser());
        List<Notified> entries = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            MeshEntry message = messages.get(i);
            if (!message.hasEntry()) {
                throw DelimitedRecords.invalid(i, "has no entry");
            }
            if (!message.getEntry().hasReceiver()) {
                throw DelimitedRecords.invalid(i, "has no receiver");
            }
            entries.add(entry(message));
        }
        return List.copyOf(entries);
    }

    private static MeshEntry message(Notified entry) {
        Entry.Builder builder = Entry.newBuilder()
                .setGroupKey(ByteString.copyFromUtf8(entry.groupKey()))
                .setReceiver(Receiver.newBuilder()
                        .setGroupName(entry.receiver())
                        .setIntegration(entry.integration())
                        .setIdx(entry.index()))
                .setTimestamp(ProtoTime.of(entry.timestamp()))
                .addAllFiringAlerts(entry.firing())
                .addAllResolvedAlerts(entry.resolved());
        entry.receiverData().forEach((key, value) -> builder.putReceiverData(key, message(value)));
        return MeshEntry.newBuilder()
                .setEntry(builder)
                .setExpiresAt(ProtoTime.of(entry.expiresAt()))
                .build();
    }

    private static ReceiverDataValue message(ReceiverValue value) {
        ReceiverDataValue.Builder builder = ReceiverDataValue.newBuilder();
        switch (value) {
            case ReceiverValue.Text text -> builder.setStrVal(text.value());
            case ReceiverValue.Whole whole -> builder.setIntVal(whole.value());
            case ReceiverValue.Real real -> builder.setDoubleVal(real.value());
        }
        return builder.build();
    }

    private static Notified entry(MeshEntry message) throws InvalidSnapshotException {
        Entry entry = message.getEntry();
        Map<String, ReceiverValue> data = new HashMap<>();
        entry.getReceiverDataMap().forEach((key, value) -> {
            switch (value.getValueCase()) {
                case STR_VAL -> data.put(key, new ReceiverValue.Text(value.getStrVal()));
                case INT_VAL -> data.put(key, new ReceiverValue.Whole(value.getIntVal()));
                case DOUBLE_VAL -> data.put(key, new ReceiverValue.Real(value.getDoubleVal()));
                case VALUE_NOT_SET -> {}
            }
        });
        return new Notified(
                entry.getGroupKey().toStringUtf8(),
                entry.getReceiver().getGroupName(),
                entry.getReceiver().getIntegration(),
                entry.getReceiver().getIdx(),
                ProtoTime.read(entry.getTimestamp()),
                entry.getFiringAlertsList(),
                entry.getResolvedAlertsList(),
                data,
                ProtoTime.read(message.getExpiresAt()));
    }
}
