package dev.tocsin.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatchType;
import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.notify.ReceiverValue;
import dev.tocsin.core.silence.Silence;
import dev.tocsin.core.snapshot.NotificationLogSnapshot.Notified;
import dev.tocsin.core.snapshot.proto.Comment;
import dev.tocsin.core.snapshot.proto.Entry;
import dev.tocsin.core.snapshot.proto.MeshEntry;
import dev.tocsin.core.snapshot.proto.MeshSilence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000, 987_654_321);
    /** {@link #START} as a protobuf timestamp. */
    private static final String START_BYTES = "0880e2cfaa0610b1d1f9d603";

    private static final String HOUR_LATER_BYTES = "0890fecfaa0610b1d1f9d603";
    private static final String TWO_HOURS_LATER_BYTES = "08a09ad0aa0610b1d1f9d603";
    private static final String ID = "5c6e5b9e-7a3c-4f0e-9f0c-1d2e3f405162";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Silence silence(List<List<Matcher>> sets, Map<String, String> annotations) {
        Instant end = START.plusSeconds(3600);
        return new Silence(ID, sets, START, end, START, "me2", "c2", annotations, end.plusSeconds(3600));
    }

    private static Silence simple() {
        return silence(List.of(List.of(Matcher.equal("a", "b"))), Map.of());
    }

    private static byte[] delimited(MessageLite... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (MessageLite message : messages) {
                message.writeDelimitedTo(out);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @Test
    void theNotificationLogHasTheBytesThatAlertmanagerWrites() throws InvalidSnapshotException {
        Notified entry = new Notified(
                "{}:{}",
                "w",
                "webhook",
                0,
                START,
                List.of(0x98_8f_31_4f_c7_36_d7_37L),
                List.of(),
                Map.of(),
                START.plusSeconds(7200));
        byte[] golden = bytes("3f 0a2f 0a05" + hex("{}:{}") + "120c 0a01" + hex("w") + "1207" + hex("webhook") + "2a0c"
                + START_BYTES + "320a b7aedbb9fc94ccc79801 120c" + TWO_HOURS_LATER_BYTES);
        assertThat(golden).hasSize(64);
        assertThat(NotificationLogSnapshot.decode(golden))
                .singleElement()
                .satisfies(read -> assertThat(NotificationLogSnapshot.encode(List.of(read)))
                        .isEqualTo(golden))
                .satisfies(read -> assertThat(read.firing()).hasSize(1))
                .usingRecursiveComparison()
                .ignoringFields("firing")
                .isEqualTo(entry);
    }

    @Test
    void silencesHaveTheBytesThatAlertmanagerWrites() throws InvalidSnapshotException {
        String matcher = "1201" + hex("a") + "1a01" + hex("b");
        byte[] golden = bytes("7b 0a6b 0a24" + hex(ID) + "1206" + matcher + "1a0c" + START_BYTES + "220c"
                + HOUR_LATER_BYTES + "2a0c" + START_BYTES + "4203" + hex("me2") + "4a02" + hex("c2") + "5a08 0a06"
                + matcher + "120c" + TWO_HOURS_LATER_BYTES);
        assertThat(SilenceSnapshot.encode(List.of(simple()))).isEqualTo(golden);
        assertThat(SilenceSnapshot.decode(golden).silences()).containsExactly(simple());
        assertThat(SilenceSnapshot.recordSize(simple())).isEqualTo(123);
        assertThat(SilenceSnapshot.encodeRecord(simple())).isEqualTo(Arrays.copyOfRange(golden, 1, golden.length));
    }

    @Test
    void everyFieldOfASilenceComesBack() throws InvalidSnapshotException, InvalidMatcherException {
        Silence silence = silence(
                List.of(
                        List.of(
                                Matcher.equal("a", "b"),
                                Matcher.of("c", MatchType.NOT_EQUAL, "ü"),
                                Matcher.of("d", MatchType.REGEXP, "x|y.*"),
                                Matcher.of("e", MatchType.NOT_REGEXP, "[0-9]+")),
                        List.of(Matcher.equal("second", "set"))),
                Map.of("ticket", "OPS-1", "why", "deploy"));
        assertThat(SilenceSnapshot.decode(SilenceSnapshot.encode(List.of(silence, simple())))
                        .silences())
                .containsExactly(silence, simple());
        assertThat(SilenceSnapshot.decodeRecord(SilenceSnapshot.encodeRecord(silence)))
                .isEqualTo(silence);
    }

    @Test
    void equalSilencesHaveEqualBytesWhateverTheOrderOfAnnotations() {
        Map<String, String> there = new LinkedHashMap<>();
        Map<String, String> back = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            there.put("k" + i, "v");
            back.put("k" + (19 - i), "v");
        }
        assertThat(SilenceSnapshot.encodeRecord(silence(List.of(), there)))
                .isEqualTo(SilenceSnapshot.encodeRecord(silence(List.of(), back)));
    }

    @Test
    void oldSilencesAreRead() throws InvalidSnapshotException {
        MeshSilence old = MeshSilence.newBuilder()
                .setSilence(dev.tocsin.core.snapshot.proto.Silence.newBuilder()
                        .setId(ID)
                        .addMatchers(dev.tocsin.core.snapshot.proto.Matcher.newBuilder()
                                .setType(dev.tocsin.core.snapshot.proto.Matcher.Type.REGEXP)
                                .setName("a")
                                .setPattern("x|y"))
                        .addComments(Comment.newBuilder().setAuthor("first").setComment("one"))
                        .addComments(Comment.newBuilder().setAuthor("second").setComment("two")))
                .setExpiresAt(Timestamp.newBuilder().setSeconds(5))
                .build();
        Silence read = SilenceSnapshot.decode(delimited(old)).silences().getFirst();
        assertThat(read.createdBy()).isEqualTo("first");
        assertThat(read.comment()).isEqualTo("one");
        assertThat(read.matcherSets()).hasSize(1);
        assertThat(read.matcherSets().getFirst()).hasToString("[a=~\"x|y\"]");
        assertThat(read.expiresAt()).isEqualTo(Instant.ofEpochSecond(5));
    }

    @Test
    void unknownFieldsAreLeftBehind() throws InvalidSnapshotException {
        byte[] plain = SilenceSnapshot.encodeRecord(simple());
        byte[] withMore = Arrays.copyOf(plain, plain.length + 3);
        System.arraycopy(bytes("7a0141"), 0, withMore, plain.length, 3);
        byte[] file = new byte[withMore.length + 1];
        file[0] = (byte) withMore.length;
        System.arraycopy(withMore, 0, file, 1, withMore.length);
        List<Silence> read = SilenceSnapshot.decode(file).silences();
        assertThat(SilenceSnapshot.encodeRecord(read.getFirst())).isEqualTo(plain);
    }

    @Test
    void silencesWhoseMatchersDoNotCompileAreNamed() throws InvalidSnapshotException {
        MeshSilence broken = MeshSilence.newBuilder()
                .setSilence(dev.tocsin.core.snapshot.proto.Silence.newBuilder()
                        .setId("broken")
                        .addMatchers(dev.tocsin.core.snapshot.proto.Matcher.newBuilder()
                                .setType(dev.tocsin.core.snapshot.proto.Matcher.Type.REGEXP)
                                .setName("a")
                                .setPattern("(")))
                .build();
        SilenceSnapshot.Content content = SilenceSnapshot.decode(delimited(broken));
        assertThat(content.silences()).isEmpty();
        assertThat(content.unusable()).singleElement().asString().startsWith("silence broken: error parsing regexp: ");
    }

    @Test
    void emptyFilesHoldNothing() throws InvalidSnapshotException {
        assertThat(SilenceSnapshot.decode(new byte[0]).silences()).isEmpty();
        assertThat(NotificationLogSnapshot.decode(new byte[0])).isEmpty();
        assertThat(SilenceSnapshot.encode(List.of())).isEmpty();
        assertThat(NotificationLogSnapshot.encode(List.of())).isEmpty();
    }

    @Test
    void receiverDataKeepsItsKinds() throws InvalidSnapshotException {
        Notified entry = new Notified(
                "{}/{a=\"b\"}:{c=\"ü\"}",
                "r",
                "slack",
                3,
                START,
                List.of(1L, -1L),
                List.of(Long.MIN_VALUE),
                Map.of(
                        "thread",
                        new ReceiverValue.Text("x"),
                        "n",
                        new ReceiverValue.Whole(-5),
                        "d",
                        new ReceiverValue.Real(0.5)),
                START);
        assertThat(NotificationLogSnapshot.decode(NotificationLogSnapshot.encode(List.of(entry, entry))))
                .containsExactly(entry, entry);
    }

    @Test
    void recordsWithoutTheirPartAreInvalid() {
        byte[] noSilence = delimited(MeshSilence.getDefaultInstance());
        byte[] noEntry = delimited(MeshEntry.getDefaultInstance());
        byte[] noReceiver = delimited(MeshEntry.newBuilder()
                .setEntry(Entry.newBuilder().setGroupKey(ByteString.copyFromUtf8("g")))
                .build());
        assertThatThrownBy(() -> SilenceSnapshot.decode(noSilence))
                .isInstanceOf(InvalidSnapshotException.class)
                .hasMessage("record 1 has no silence");
        assertThatThrownBy(() -> NotificationLogSnapshot.decode(noEntry)).hasMessage("record 1 has no entry");
        assertThatThrownBy(() -> NotificationLogSnapshot.decode(noReceiver)).hasMessage("record 1 has no receiver");
    }

    @Test
    void aFileCutAnywhereButBetweenRecordsIsRefusedWithTheRecordAndItsOffset() throws InvalidSnapshotException {
        byte[] file = SilenceSnapshot.encode(List.of(simple(), simple()));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length % 124 == 0) {
                assertThat(SilenceSnapshot.decode(cut).silences()).hasSize(length / 124);
                continue;
            }
            int record = length / 124;
            assertThatThrownBy(() -> SilenceSnapshot.decode(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(InvalidSnapshotException.class)
                    .hasMessageStartingWith(
                            "record " + (record + 1) + " at offset " + record * 124 + " cannot be decoded");
        }
    }

    @Test
    void garbageIsRefusedOrReadButNeverBreaksTheReader() {
        Random random = new Random(3);
        byte[] good = SilenceSnapshot.encode(List.of(simple(), simple()));
        for (int round = 0; round < 3000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                SilenceSnapshot.decode(bad);
                NotificationLogSnapshot.decode(bad);
            } catch (InvalidSnapshotException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
