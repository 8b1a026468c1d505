package dev.tocsin.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.api.grpc.v1.AlertServiceListResponse;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.hub.AlertView;
import dev.tocsin.core.wire.OddTexts;
import io.grpc.Drainable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AlertPageProperties {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.6789Z");
    private static final List<Instant> TIMES = List.of(
            NOW,
            NOW.plusSeconds(60),
            Instant.EPOCH,
            Instant.EPOCH.plusNanos(1),
            Instant.ofEpochSecond(-1, 999_999_999),
            Instant.MIN,
            Instant.MAX);
    private static final List<String> FIELDS = dev.tocsin.api.grpc.v1.Alert.getDescriptor().getFields().stream()
            .map(field -> field.getName())
            .toList();

    private static List<String> few(OddTexts odd) {
        return odd.any(List.of(List.<String>of(), odd.texts(2)));
    }

    private static AlertView view(Random random) {
        OddTexts odd = new OddTexts(random);
        return new AlertView(
                new Alert(
                        odd.labels(),
                        odd.labels(),
                        odd.any(TIMES),
                        ZoneOffset.UTC,
                        odd.any(TIMES),
                        ZoneOffset.UTC,
                        odd.any(TIMES),
                        odd.text(),
                        false),
                few(odd),
                few(odd),
                few(odd),
                few(odd));
    }

    private static Set<String> fields(Random random) {
        Set<String> fields = new HashSet<>();
        for (String field : FIELDS) {
            if (random.nextInt(3) > 0) {
                fields.add(field);
            }
        }
        return random.nextBoolean() ? Set.copyOf(FIELDS) : fields;
    }

    private static AlertServiceListResponse built(List<AlertView> views, Set<String> fields, String token)
            throws InvalidProtocolBufferException {
        AlertServiceListResponse.Builder message =
                AlertServiceListResponse.newBuilder().setNextPageToken(token);
        views.forEach(view -> message.addAlerts(AlertMessages.alert(view, NOW, fields)));
        // read back, as no string that is not Unicode survives that
        return parsed(message.build().toByteArray());
    }

    private static AlertPage page(List<AlertView> views, Set<String> fields, String token) {
        AlertPage.Builder page = new AlertPage.Builder(new AlertWire(fields, NOW), Integer.MAX_VALUE);
        views.forEach(view -> assertThat(page.test(view)).isTrue());
        return page.build(token);
    }

    private static byte[] drained(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int promised = stream.available();
        assertThat(((Drainable) stream).drainTo(bytes)).isEqualTo(promised).isEqualTo(bytes.size());
        assertThat(stream.available()).isZero();
        return bytes.toByteArray();
    }

    @Property
    void thePageIsTheMessageThatBuildersGive(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<AlertView> views = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            views.add(view(random));
        }
        Set<String> fields = fields(random);
        String token = random.nextBoolean() ? "" : "next";

        byte[] bytes = drained(page(views, fields, token).open());

        assertThat(parsed(bytes)).isEqualTo(built(views, fields, token));
    }

    private static AlertServiceListResponse parsed(byte[] bytes) throws InvalidProtocolBufferException {
        return AlertServiceListResponse.parseFrom(bytes);
    }

    @Property(tries = 100)
    void readInPiecesItIsTheSame(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        AlertPage page = page(List.of(view(random), view(random)), Set.copyOf(FIELDS), "");
        byte[] whole = drained(page.open());
        InputStream stream = page.open();
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        read.write(stream.read());
        read.write(stream.readNBytes(Math.min(10, whole.length - 1)));
        read.write(drained(stream));

        assertThat(read.toByteArray()).isEqualTo(whole);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void itIsFullWhenAnAlertGoesBeyondTheBound() throws IOException {
        Random random = new Random(1);
        List<AlertView> views = List.of(view(random), view(random));
        Set<String> fields = Set.copyOf(FIELDS);
        int two = built(views, fields, "").getSerializedSize();

        for (int most : new int[] {two - 1, two}) {
            AlertPage.Builder page = new AlertPage.Builder(new AlertWire(fields, NOW), most);
            assertThat(page.test(views.get(0))).isTrue();
            assertThat(page.test(views.get(1))).isEqualTo(most >= two);
            assertThat(parsed(drained(page.build("next").open()))).isEqualTo(built(views, fields, "next"));
        }
    }
}
