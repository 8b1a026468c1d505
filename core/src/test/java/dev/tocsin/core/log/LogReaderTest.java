package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.core.log.proto.Claim;
import dev.tocsin.core.log.proto.Entry;
import dev.tocsin.core.log.proto.Record;
import dev.tocsin.core.notify.NotificationReason;
import dev.tocsin.core.notify.ReceiverValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is written by hand is what protocol buffers would write, and what they write is read. */
class LogReaderTest {
    private final LogReader reader = new LogReader();

    private static LogKey key(Random random) {
        String group = "{}:{instance=\"" + random.nextInt(5000) + (random.nextBoolean() ? "\u00e4\u65e5" : "") + "\"}";
        return new LogKey(group, random.nextBoolean() ? "" : "pager", "webhook", random.nextInt(3));
    }

    private static long number(Random random) {
        return random.nextLong() >>> random.nextInt(64);
    }

    private static VersionVector version(Random random) {
        VersionVector version = VersionVector.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            version = version.with(random.nextLong(), 1 + (number(random) >>> 1));
        }
        return version;
    }

    private static AlertHashes hashes(Random random) {
        return AlertHashes.of(random.longs(random.nextInt(40)).toArray());
    }

    private static Instant time(Random random) {
        return random.nextInt(10) == 0
                ? Instant.EPOCH
                : Instant.ofEpochSecond(random.nextInt() * 8L, random.nextInt(1_000_000_000));
    }

    private static Map<String, ReceiverValue> receiverData(Random random) {
        Map<String, ReceiverValue> all = new HashMap<>();
        if (random.nextBoolean()) {
            all.put("ts", new ReceiverValue.Text(random.nextBoolean() ? "" : "17.5"));
            all.put("count", new ReceiverValue.Whole(random.nextInt(3) - 1));
            all.put("", new ReceiverValue.Real(random.nextInt(2)));
        }
        return all;
    }

    private static LogEntry entry(Random random) {
        return new LogEntry(
                key(random),
                number(random),
                version(random),
                hashes(random),
                hashes(random),
                receiverData(random),
                time(random),
                time(random),
                random.nextLong(),
                random.nextBoolean());
    }

    private static ClaimContent claim(Random random) {
        NotificationReason[] reasons = NotificationReason.values();
        return new ClaimContent(
                new ClaimId(random.nextLong(), random.nextInt(), number(random)),
                key(random),
                number(random),
                version(random),
                hashes(random),
                hashes(random),
                reasons[random.nextInt(reasons.length)],
                random.nextBoolean(),
                time(random),
                time(random));
    }

    @Property
    void anEntryComesBackAndIsWhatProtocolBuffersRead(@ForAll Random random) throws IOException {
        LogEntry entry = entry(random);
        byte[] bytes = new LogWriter().entry(entry).bytes();
        Entry message = Entry.parseFrom(bytes);

        assertThat(reader.entry(bytes)).isEqualTo(entry);
        assertThat(reader.entry(message.toByteArray())).isEqualTo(entry);
        assertThat(message.getKey().getGroupKey()).isEqualTo(entry.key().groupKey());
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        if (entry.receiverData().isEmpty()) { // a map has no order
            assertThat(bytes).isEqualTo(message.toByteArray());
        }
    }

    @Property
    void aClaimComesBackAndIsWhatProtocolBuffersRead(@ForAll Random random) throws IOException {
        ClaimContent claim = claim(random);
        byte[] bytes = new LogWriter().claim(claim).bytes();

        assertThat(reader.claim(bytes)).isEqualTo(claim);
        assertThat(bytes).isEqualTo(Claim.parseFrom(bytes).toByteArray());
    }

    @Property
    void recordsAreWhatProtocolBuffersWrite(@ForAll Random random) throws IOException {
        LogKey key = key(random);
        KeyState state = KeyState.EMPTY
                .raiseFloor(1 + (number(random) >>> 1), time(random), version(random))
                .intend(claim(random))
                .addMaybe(claim(random))
                .refuse(claim(random));
        LogRecords records = new LogRecords();
        KeyState read = KeyState.EMPTY;
        for (byte[] bytes : LogRecords.state(key, state)) {
            assertThat(bytes).isEqualTo(Record.parseFrom(bytes).toByteArray());
            read = records.read(bytes).apply().apply(read);
        }
        assertThat(read).isEqualTo(state);
    }

    @Test
    void hashesThatAreNotPackedAreRead() throws IOException {
        UnknownFieldSet.Field numbers =
                UnknownFieldSet.Field.newBuilder().addFixed64(7).addFixed64(3).build();
        byte[] bytes = UnknownFieldSet.newBuilder()
                .addField(Entry.FIRING_FIELD_NUMBER, numbers)
                .addField(Entry.RESOLVED_FIELD_NUMBER, numbers)
                .build()
                .toByteArray();

        assertThat(reader.entry(bytes).firing()).isEqualTo(AlertHashes.of(3, 7));
        assertThat(reader.entry(bytes).resolved()).isEqualTo(AlertHashes.of(3, 7));
        assertThat(reader.claim(claimWith(numbers)).firing()).isEqualTo(AlertHashes.of(3, 7));
    }

    private static byte[] claimWith(UnknownFieldSet.Field numbers) {
        return UnknownFieldSet.newBuilder()
                .addField(Claim.FIRING_FIELD_NUMBER, numbers)
                .build()
                .toByteArray();
    }

    @Property
    void whatALaterVersionAddsIsPassedOver(@ForAll Random random) throws IOException {
        LogEntry entry = entry(random);
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        UnknownFieldSet.newBuilder()
                .addField(4000, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                .build()
                .writeTo(more);
        more.writeBytes(new LogWriter().entry(entry).bytes());

        assertThat(reader.entry(more.toByteArray())).isEqualTo(entry);
    }

    @Test
    void aKeyThatCameLatelyIsTheSame() throws IOException {
        LogEntry entry = entry(new Random(1));
        byte[] bytes = new LogWriter().entry(entry).bytes();

        assertThat(reader.entry(bytes).key()).isSameAs(reader.entry(bytes).key());
    }

    @Test
    void lengthsThatCannotBeAreRefused() {
        byte[] hashes = {Entry.FIRING_FIELD_NUMBER << 3 | 2, (byte) 0xf8, (byte) 0xff, (byte) 0xff, (byte) 0x7f};
        byte[] odd = {Entry.FIRING_FIELD_NUMBER << 3 | 2, 3, 1, 1, 1};
        byte[] longKey = {Entry.KEY_FIELD_NUMBER << 3 | 2, (byte) 0xf8, (byte) 0xff, (byte) 0xff, (byte) 0x7f};
        byte[] negativeKey = {
            Entry.KEY_FIELD_NUMBER << 3 | 2, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x0f
        };
        for (byte[] bytes : new byte[][] {hashes, odd, longKey, negativeKey}) {
            assertThatThrownBy(() -> reader.entry(bytes)).isInstanceOf(InvalidProtocolBufferException.class);
        }
    }
}
