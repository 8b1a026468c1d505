package dev.tocsin.core.log;

import dev.tocsin.core.log.proto.Claim;
import dev.tocsin.core.log.proto.Dot;
import dev.tocsin.core.log.proto.Entry;
import dev.tocsin.core.log.proto.Key;
import dev.tocsin.core.log.proto.Remainder;
import dev.tocsin.core.log.proto.Value;
import dev.tocsin.core.log.proto.Withdrawal;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.wire.WireBuffer;
import java.time.Instant;

/**
 * Writes entries and claims, for the disk and for other nodes, without building their messages: each notification is
 * written several times on each node. Used by one thread, once; fields are written from the last one to the first.
 */
final class LogWriter {
    private static final int FIRST_SIZE = 320;

    /** A map's entry, as protocol buffers have it. */
    private static final int MAP_KEY = 1;

    private static final int MAP_VALUE = 2;

    private final WireBuffer out = new WireBuffer(FIRST_SIZE);

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Makes a record of what was written. */
    byte[] record(int kind) {
        out.message(kind, 0);
        return bytes();
    }

    LogWriter entry(LogEntry entry) {
        out.flag(Entry.MARKED_FIELD_NUMBER, entry.marked());
        out.fixed(Entry.NODE_FIELD_NUMBER, entry.node());
        out.time(Entry.EXPIRES_AT_FIELD_NUMBER, entry.expiresAt());
        out.time(Entry.SENT_AT_FIELD_NUMBER, entry.sentAt());
        if (!entry.receiverData().isEmpty()) {
            entry.receiverData().forEach(this::receiverData);
        }
        hashes(Entry.RESOLVED_FIELD_NUMBER, entry.resolved());
        hashes(Entry.FIRING_FIELD_NUMBER, entry.firing());
        version(Entry.VERSION_FIELD_NUMBER, entry.version());
        out.number(Entry.SEQUENCE_FIELD_NUMBER, entry.sequence());
        key(Entry.KEY_FIELD_NUMBER, entry.key());
        return this;
    }

    LogWriter claim(ClaimContent claim) {
        out.time(Claim.EXPIRES_AT_FIELD_NUMBER, claim.expiresAt());
        out.time(Claim.SINCE_FIELD_NUMBER, claim.since());
        out.flag(Claim.MARKED_FIELD_NUMBER, claim.marked());
        out.text(Claim.REASON_FIELD_NUMBER, claim.reason().text(), true);
        hashes(Claim.RESOLVED_FIELD_NUMBER, claim.resolved());
        hashes(Claim.FIRING_FIELD_NUMBER, claim.firing());
        version(Claim.VERSION_FIELD_NUMBER, claim.version());
        out.number(Claim.SEQUENCE_FIELD_NUMBER, claim.sequence());
        key(Claim.KEY_FIELD_NUMBER, claim.key());
        id(Claim.ID_FIELD_NUMBER, claim.id());
        return this;
    }

    LogWriter withdrawal(ClaimContent intent) {
        id(Withdrawal.ID_FIELD_NUMBER, intent.id());
        key(Withdrawal.KEY_FIELD_NUMBER, intent.key());
        return this;
    }

    /** What is left of a key besides entries and claims. */
    LogWriter remainder(LogKey key, long floor, Instant floorUntil, VersionVector folded) {
        version(Remainder.FOLDED_FIELD_NUMBER, folded);
        out.time(Remainder.FLOOR_UNTIL_FIELD_NUMBER, floorUntil);
        out.number(Remainder.FLOOR_FIELD_NUMBER, floor);
        key(Remainder.KEY_FIELD_NUMBER, key);
        return this;
    }

    private void key(int field, LogKey key) {
        int before = out.length();
        out.number(Key.INDEX_FIELD_NUMBER, key.index());
        filled(Key.INTEGRATION_FIELD_NUMBER, key.integration());
        filled(Key.RECEIVER_FIELD_NUMBER, key.receiver());
        filled(Key.GROUP_KEY_FIELD_NUMBER, key.groupKey());
        out.message(field, before);
    }

    private void filled(int field, String text) {
        if (!text.isEmpty()) {
            out.text(field, text);
        }
    }

    private void id(int field, ClaimId id) {
        int before = out.length();
        out.number(dev.tocsin.core.log.proto.ClaimId.COUNTER_FIELD_NUMBER, id.counter());
        out.number(
                dev.tocsin.core.log.proto.ClaimId.INCARNATION_FIELD_NUMBER, Integer.toUnsignedLong(id.incarnation()));
        out.fixed(dev.tocsin.core.log.proto.ClaimId.NODE_FIELD_NUMBER, id.node());
        out.message(field, before);
    }

    private void version(int field, VersionVector version) {
        for (int i = version.size() - 1; i >= 0; i--) {
            int before = out.length();
            out.number(Dot.COUNTER_FIELD_NUMBER, version.counterAt(i));
            out.fixed(Dot.NODE_FIELD_NUMBER, version.nodeAt(i));
            out.message(field, before);
        }
    }

    private void hashes(int field, AlertHashes hashes) {
        if (hashes.isEmpty()) {
            return;
        }
        int before = out.length();
        for (int i = hashes.size() - 1; i >= 0; i--) {
            out.packedFixed(hashes.get(i));
        }
        out.message(field, before);
    }

    private void receiverData(String name, ReceiverValue value) {
        int before = out.length();
        int beforeValue = before;
        Value.Builder message = Value.newBuilder();
        switch (value) {
            case ReceiverValue.Text text -> message.setText(text.value());
            case ReceiverValue.Whole whole -> message.setWhole(whole.value());
            case ReceiverValue.Real real -> message.setReal(real.value());
        }
        out.raw(message.build().toByteArray());
        out.message(MAP_VALUE, beforeValue);
        out.text(MAP_KEY, name);
        out.message(Entry.RECEIVER_DATA_FIELD_NUMBER, before);
    }
}
