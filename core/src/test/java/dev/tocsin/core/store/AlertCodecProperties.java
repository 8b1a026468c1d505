package dev.tocsin.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.store.proto.AlertRecord;
import dev.tocsin.core.store.proto.AlertState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What is written without the generated messages is what they would write, and is read as it was. */
class AlertCodecProperties {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");

    private static AlertCodec.Decoded decode(byte[] record) throws InvalidProtocolBufferException {
        return AlertCodec.decode(record, new StringInterner(64), new Sources());
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.oneOf(
                Arbitraries.of(NOW, NOW.plusSeconds(1), Instant.EPOCH),
                Combinators.combine(
                                Arbitraries.longs().between(-62135596800L, 253402300799L),
                                Arbitraries.integers().between(0, 999_999_999))
                        .as(Instant::ofEpochSecond));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "b", "severity", "\u00e4", "\ufffd", "\u20ac \ud83d\udd14"),
                Arbitraries.strings().ofMaxLength(200).map(AlertCodecProperties::withoutLoneSurrogates));
    }

    private static String withoutLoneSurrogates(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Arbitrary<LabelSet> labels() {
        return Arbitraries.maps(texts(), texts()).ofMaxSize(12).map(LabelSet::of);
    }

    private static Arbitrary<ZoneOffset> offsets() {
        return Arbitraries.oneOf(
                Arbitraries.just(ZoneOffset.UTC),
                Arbitraries.integers().between(-64800, 64800).map(ZoneOffset::ofTotalSeconds));
    }

    private static Arbitrary<Alert> alerts() {
        return Combinators.combine(
                        labels(),
                        labels(),
                        instants(),
                        instants(),
                        instants(),
                        offsets(),
                        texts(),
                        Arbitraries.of(true, false))
                .as((labels, annotations, start, end, updated, offset, url, timeout) ->
                        new Alert(labels, annotations, start, offset, end, offset, updated, url, timeout));
    }

    private static Arbitrary<SourceReport> reports() {
        Arbitrary<Source> sources = Combinators.combine(
                        Arbitraries.of("10.0.0.1", "10.0.0.2", "10.0.0.3"), Arbitraries.of("", "http://p"))
                .as(Source::new);
        return Combinators.combine(
                        sources,
                        instants(),
                        instants(),
                        instants(),
                        Arbitraries.of(true, false),
                        instants(),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE))
                .as((source, start, told, end, timeout, seen, period) ->
                        new SourceReport(source, start, told, end, timeout, seen, period, null));
    }

    private static @Nullable SourceReport chain(List<SourceReport> reports) {
        SourceReport chain = null;
        for (SourceReport report : reports) {
            chain = report.withNext(chain);
        }
        return chain;
    }

    @Provide
    Arbitrary<List<StoredAlert>> stored() {
        return Combinators.combine(
                        alerts(),
                        reports().list().ofMaxSize(3),
                        Arbitraries.oneOf(Arbitraries.just(Instant.MIN), instants()))
                .as((alert, reports, plainAt) -> new StoredAlert(
                        alert, chain(reports), alert.endsAt(), reports.isEmpty() ? alert.updatedAt() : plainAt))
                .list()
                .ofMaxSize(6);
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAsItWas(@ForAll("stored") List<StoredAlert> alerts) throws InvalidProtocolBufferException {
        AlertCodec.Decoded decoded = decode(AlertCodec.encode(NOW, alerts));

        assertThat(decoded.writtenAt()).isEqualTo(NOW);
        assertThat(decoded.alerts()).isEqualTo(alerts);
    }

    @Property(tries = 200)
    void theGeneratedMessagesWouldWriteTheSameBytes(@ForAll("stored") List<StoredAlert> alerts)
            throws InvalidProtocolBufferException {
        byte[] record = AlertCodec.encode(NOW, alerts);
        AlertRecord message = AlertRecord.parseFrom(record);

        assertThat(message.getAlertsCount()).isEqualTo(alerts.size());
        assertThat(message.toByteArray()).isEqualTo(record);
        assertThat(message.toBuilder()
                        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                        .build())
                .isEqualTo(message);
    }

    @Property(tries = 200)
    void aRecordThatIsCutIsNoRecordOrABeginning(
            @ForAll("stored") List<StoredAlert> alerts, @ForAll @IntRange(max = 999) int permille) {
        byte[] record = AlertCodec.encode(NOW, alerts);
        byte[] cut = Arrays.copyOf(record, record.length * permille / 1000);

        List<StoredAlert> read;
        try {
            read = decode(cut).alerts();
        } catch (InvalidProtocolBufferException e) {
            return; // refused
        }
        assertThat(read).isEqualTo(alerts.subList(0, read.size()));
    }

    @Property(tries = 200)
    void damagedBytesNeverDoWorseThanBeRefused(
            @ForAll("stored") List<StoredAlert> alerts, @ForAll int place, @ForAll byte wrong) {
        byte[] record = AlertCodec.encode(NOW, alerts);
        record[Math.floorMod(place, record.length)] = wrong;

        assertThatCode(() -> {
                    try {
                        decode(record);
                    } catch (InvalidProtocolBufferException | DateTimeException | ArithmeticException e) {
                        // refused
                    }
                })
                .doesNotThrowAnyException();
    }

    @Example
    void sourcesMayStandBehindTheAlertsAndUnknownFieldsAnywhere() throws Exception {
        Source source = new Source("10.0.0.1", "http://p");
        Alert alert = Alerts.firing("X", NOW, NOW);
        StoredAlert stored = new StoredAlert(
                alert,
                new SourceReport(source, NOW, NOW, alert.endsAt(), false, NOW, 0, null),
                alert.endsAt(),
                Instant.MIN);
        AlertRecord message = AlertRecord.parseFrom(AlertCodec.encode(NOW, List.of(stored)));
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        77,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                                .addVarint(5)
                                .build())
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AlertRecord.newBuilder()
                .addAlerts(message.getAlerts(0).toBuilder().setUnknownFields(later))
                .setUnknownFields(later)
                .build()
                .writeTo(bytes);
        message.toBuilder().clearAlerts().build().writeTo(bytes);

        assertThat(decode(bytes.toByteArray()).alerts()).containsExactly(stored);
    }

    @Example
    void textsThatAreNotUtf8AreRefused() {
        byte[] record = AlertRecord.newBuilder()
                .addAlerts(AlertState.newBuilder().addLabels("naaaame").addLabels("value"))
                .build()
                .toByteArray();
        for (int i = 0; i < record.length; i++) {
            record[i] = record[i] == 'a' ? (byte) 0xC3 : record[i];
        }

        assertThatThrownBy(() -> decode(record))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessage("a text that is not UTF-8");
    }

    @Example
    void aNameWithoutAValueIsRefused() {
        byte[] record = AlertRecord.newBuilder()
                .addAlerts(AlertState.newBuilder().addLabels("name"))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> decode(record)).isInstanceOf(InvalidProtocolBufferException.class);
    }
}
