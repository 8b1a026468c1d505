package dev.tocsin.core.log;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.tocsin.core.log.proto.Claim;
import dev.tocsin.core.log.proto.Dot;
import dev.tocsin.core.log.proto.Entry;
import dev.tocsin.core.log.proto.Key;
import dev.tocsin.core.log.proto.Record;
import dev.tocsin.core.log.proto.Remainder;
import dev.tocsin.core.log.proto.Value;
import dev.tocsin.core.log.proto.Withdrawal;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.ReceiverValue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The log's records as bytes and back. One instance is used by one thread: it keeps the names of receivers and
 * integrations only once.
 */
final class LogRecords {
    /** More names than this are not shared: then they are not those of a configuration. */
    private static final int MAX_NAMES = 10_000;

    private final Map<String, String> names = new HashMap<>();

    /** A change of one key's state, read from the log. */
    record Change(LogKey key, UnaryOperator<KeyState> apply) {}

    static byte[] entry(LogEntry entry) {
        return Record.newBuilder().setEntry(write(entry)).build().toByteArray();
    }

    static byte[] intent(ClaimContent intent) {
        return Record.newBuilder().setIntent(write(intent)).build().toByteArray();
    }

    static byte[] maybe(ClaimContent maybe) {
        return Record.newBuilder().setMaybe(write(maybe)).build().toByteArray();
    }

    static byte[] withdrawal(ClaimContent intent) {
        Withdrawal.Builder withdrawal =
                Withdrawal.newBuilder().setKey(write(intent.key())).setId(write(intent.id()));
        return Record.newBuilder().setWithdrawal(withdrawal).build().toByteArray();
    }

    /** Records that make {@code state} out of nothing. */
    static List<byte[]> state(LogKey key, KeyState state) {
        List<byte[]> records = new ArrayList<>();
        if (state.floor() != 0 || !state.folded().isEmpty()) {
            Remainder.Builder remainder = Remainder.newBuilder()
                    .setKey(write(key))
                    .setFloor(state.floor())
                    .setFloorUntil(write(state.floorUntil()))
                    .addAllFolded(write(state.folded()));
            records.add(Record.newBuilder().setRemainder(remainder).build().toByteArray());
        }
        state.heads().forEach(head -> records.add(entry(head)));
        state.maybes().forEach(maybe -> records.add(maybe(maybe)));
        if (state.refused() != null) {
            records.add(intent(state.refused()));
            records.add(withdrawal(state.refused()));
        }
        state.intents().forEach(intent -> records.add(intent(intent)));
        return records;
    }

    /** @throws IOException if these are not the bytes of a record, or those of a later version's */
    Change read(byte[] bytes) throws IOException {
        Record record;
        try {
            record = Record.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("a record of the notification log cannot be decoded: " + e.getMessage(), e);
        }
        return switch (record.getKindCase()) {
            case ENTRY -> {
                LogEntry entry = read(record.getEntry());
                yield new Change(entry.key(), state -> state.mergeEntry(entry));
            }
            case INTENT -> {
                ClaimContent intent = read(record.getIntent());
                yield new Change(intent.key(), state -> state.intend(intent));
            }
            case MAYBE -> {
                ClaimContent maybe = read(record.getMaybe());
                yield new Change(maybe.key(), state -> state.addMaybe(maybe));
            }
            case WITHDRAWAL -> {
                ClaimId id = read(record.getWithdrawal().getId());
                yield new Change(read(record.getWithdrawal().getKey()), state -> state.withdraw(id));
            }
            case REMAINDER -> {
                Remainder remainder = record.getRemainder();
                VersionVector folded = read(remainder.getFoldedList());
                Instant until = read(remainder.getFloorUntil());
                yield new Change(
                        read(remainder.getKey()), state -> state.raiseFloor(remainder.getFloor(), until, folded));
            }
            case KIND_NOT_SET ->
                throw new IOException("a record of the notification log is of an unknown kind; was it written by a"
                        + " later version?");
        };
    }

    static Entry write(LogEntry entry) {
        Entry.Builder out = Entry.newBuilder()
                .setKey(write(entry.key()))
                .setSequence(entry.sequence())
                .addAllVersion(write(entry.version()))
                .setSentAt(write(entry.sentAt()))
                .setExpiresAt(write(entry.expiresAt()))
                .setNode(entry.node())
                .setMarked(entry.marked());
        for (int i = 0; i < entry.firing().size(); i++) {
            out.addFiring(entry.firing().get(i));
        }
        for (int i = 0; i < entry.resolved().size(); i++) {
            out.addResolved(entry.resolved().get(i));
        }
        entry.receiverData().forEach((name, value) -> out.putReceiverData(name, write(value)));
        return out.build();
    }

    LogEntry read(Entry entry) {
        Map<String, ReceiverValue> receiverData = new HashMap<>();
        entry.getReceiverDataMap().forEach((name, value) -> receiverData.put(name, read(value)));
        return new LogEntry(
                read(entry.getKey()),
                entry.getSequence(),
                read(entry.getVersionList()),
                hashes(entry.getFiringList()),
                hashes(entry.getResolvedList()),
                receiverData,
                read(entry.getSentAt()),
                read(entry.getExpiresAt()),
                entry.getNode(),
                entry.getMarked());
    }

    static Claim write(ClaimContent claim) {
        Claim.Builder out = Claim.newBuilder()
                .setId(write(claim.id()))
                .setKey(write(claim.key()))
                .setSequence(claim.sequence())
                .addAllVersion(write(claim.version()))
                .setReason(claim.reason().text())
                .setMarked(claim.marked())
                .setSince(write(claim.since()))
                .setExpiresAt(write(claim.expiresAt()));
        for (int i = 0; i < claim.firing().size(); i++) {
            out.addFiring(claim.firing().get(i));
        }
        for (int i = 0; i < claim.resolved().size(); i++) {
            out.addResolved(claim.resolved().get(i));
        }
        return out.build();
    }

    ClaimContent read(Claim claim) {
        return new ClaimContent(
                read(claim.getId()),
                read(claim.getKey()),
                claim.getSequence(),
                read(claim.getVersionList()),
                hashes(claim.getFiringList()),
                hashes(claim.getResolvedList()),
                reason(claim.getReason()),
                claim.getMarked(),
                read(claim.getSince()),
                read(claim.getExpiresAt()));
    }

    private static NotificationReason reason(String text) {
        for (NotificationReason reason : NotificationReason.values()) {
            if (reason.text().equals(text)) {
                return reason;
            }
        }
        return NotificationReason.UNKNOWN;
    }

    private static Key write(LogKey key) {
        return Key.newBuilder()
                .setGroupKey(key.groupKey())
                .setReceiver(key.receiver())
                .setIntegration(key.integration())
                .setIndex(key.index())
                .build();
    }

    private LogKey read(Key key) {
        return new LogKey(key.getGroupKey(), once(key.getReceiver()), once(key.getIntegration()), key.getIndex());
    }

    private String once(String name) {
        if (names.size() == MAX_NAMES) {
            names.clear();
        }
        return names.computeIfAbsent(name, same -> same);
    }

    private static dev.tocsin.core.log.proto.ClaimId write(ClaimId id) {
        return dev.tocsin.core.log.proto.ClaimId.newBuilder()
                .setNode(id.node())
                .setIncarnation(id.incarnation())
                .setCounter(id.counter())
                .build();
    }

    private static ClaimId read(dev.tocsin.core.log.proto.ClaimId id) {
        return new ClaimId(id.getNode(), id.getIncarnation(), id.getCounter());
    }

    private static List<Dot> write(VersionVector version) {
        List<Dot> dots = new ArrayList<>(version.size());
        version.forEach((node, counter) ->
                dots.add(Dot.newBuilder().setNode(node).setCounter(counter).build()));
        return dots;
    }

    private static VersionVector read(List<Dot> dots) {
        VersionVector version = VersionVector.EMPTY;
        for (Dot dot : dots) {
            version = version.with(dot.getNode(), dot.getCounter());
        }
        return version;
    }

    private static AlertHashes hashes(List<Long> hashes) {
        return AlertHashes.of(hashes.stream().mapToLong(Long::longValue).toArray());
    }

    private static Timestamp write(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Instant read(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Value write(ReceiverValue value) {
        return switch (value) {
            case ReceiverValue.Text text ->
                Value.newBuilder().setText(text.value()).build();
            case ReceiverValue.Whole whole ->
                Value.newBuilder().setWhole(whole.value()).build();
            case ReceiverValue.Real real ->
                Value.newBuilder().setReal(real.value()).build();
        };
    }

    private static ReceiverValue read(Value value) {
        return switch (value.getValueCase()) {
            case WHOLE -> new ReceiverValue.Whole(value.getWhole());
            case REAL -> new ReceiverValue.Real(value.getReal());
            case TEXT, VALUE_NOT_SET -> new ReceiverValue.Text(value.getText());
        };
    }
}
