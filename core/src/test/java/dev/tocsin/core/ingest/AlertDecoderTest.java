package dev.tocsin.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.time.Rfc3339;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bodies and the answers that Alertmanager gave to them, from status to stored alerts. */
class AlertDecoderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:36:34Z");

    private final AlertDecoder decoder = new AlertDecoder(new StringInterner(1024));

    @TestFactory
    Stream<DynamicTest> answersEachBodyAsAlertmanagerDid() {
        return new JsonResource(AlertDecoderTest.class, "alert-bodies.jsonl")
                .objects().stream().map(row -> dynamicTest(text(row, "name"), () -> check(row)));
    }

    private void check(Map<String, Object> row) {
        byte[] body = row.containsKey("hex")
                ? HexFormat.of().parseHex(text(row, "hex"))
                : text(row, "body").getBytes(StandardCharsets.UTF_8);
        DecodeResult result = decoder.decode(body, 0, body.length);
        if (row.containsKey("message")) {
            assertThat(result).isInstanceOf(DecodeResult.Refused.class);
            DecodeResult.Refused refused = (DecodeResult.Refused) result;
            assertThat((long) refused.httpStatus()).isEqualTo(row.get("status"));
            assertThat((long) refused.code()).isEqualTo(row.get("code"));
            if (Boolean.TRUE.equals(row.get("exact")) || Long.valueOf(422).equals(row.get("status"))) {
                assertThat(refused.message()).isEqualTo(row.get("message"));
            } else {
                assertThat(refused.message()).startsWith(text(row, "message"));
            }
            return;
        }
        ValidatedBatch batch = validator(MatcherMode.FALLBACK).validate(decoded(result), NOW, Duration.ofMinutes(5));
        assertThat(String.join("\n", batch.messages())).isEqualTo(row.getOrDefault("invalid", ""));
        List<Alert> firing =
                batch.alerts().stream().filter(alert -> !alert.resolvedAt(NOW)).toList();
        List<?> stored = (List<?>) row.getOrDefault("stored", List.of());
        assertThat(firing).hasSameSizeAs(stored);
        for (int i = 0; i < stored.size(); i++) {
            Map<?, ?> expected = (Map<?, ?>) stored.get(i);
            Alert alert = firing.get(i);
            assertThat(alert.labels().toMap()).isEqualTo(expected.get("labels"));
            assertThat(alert.annotations().toMap()).isEqualTo(expected.get("annotations"));
            assertThat(alert.generatorUrl()).isEqualTo(expected.get("generatorURL"));
            if (expected.containsKey("startsAt")) {
                assertThat(Rfc3339.millis(alert.startsAt(), alert.startsAtOffset()))
                        .isEqualTo(expected.get("startsAt"));
            } else {
                assertThat(alert.startsAt()).isEqualTo(NOW);
            }
            if (expected.containsKey("endsAt")) {
                assertThat(Rfc3339.millis(alert.endsAt(), alert.endsAtOffset())).isEqualTo(expected.get("endsAt"));
            } else {
                assertThat(alert.endsAt()).isEqualTo(NOW.plusSeconds(300));
                assertThat(alert.timeout()).isTrue();
            }
        }
    }

    private static String text(Map<String, Object> row, String field) {
        return (String) Objects.requireNonNull(row.get(field), field);
    }

    private static AlertValidator validator(MatcherMode mode) {
        return new AlertValidator(mode, ZoneOffset.UTC, new Metrics(new MetricRegistry()));
    }

    private static List<PostedAlert> decoded(DecodeResult result) {
        assertThat(result).isInstanceOf(DecodeResult.Decoded.class);
        return ((DecodeResult.Decoded) result).alerts();
    }

    private DecodeResult decode(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 0, bytes.length);
    }

    @Test
    void readsOnlyTheGivenPartOfAnArray() {
        byte[] bytes = "xx[{\"labels\":{\"a\":\"b\"}}]yy".getBytes(StandardCharsets.UTF_8);
        assertThat(decoded(decoder.decode(bytes, 2, bytes.length - 4))).hasSize(1);
    }

    @Test
    void readsAStream() throws IOException {
        byte[] bytes = "[{\"labels\":{\"a\":\"b\"}}]".getBytes(StandardCharsets.UTF_8);
        assertThat(decoded(decoder.decode(new ByteArrayInputStream(bytes)))).hasSize(1);
    }

    @Test
    void nestsTenThousandDeepAndNoDeeper() {
        String most = "[{\"labels\":{\"a\":\"b\"},\"x\":" + "[".repeat(9_998) + "]".repeat(9_998) + "}]";
        assertThat(decoded(decode(most))).hasSize(1);
        assertThat(decode(most.replace("\"x\":", "\"x\":[")))
                .isEqualTo(new DecodeResult.Refused(
                        400, 400, "parsing alerts body from \"\" failed, because exceeded max depth"));
        assertThat(decode("[".repeat(1_000_000))).isInstanceOf(DecodeResult.Refused.class);
    }

    @Test
    void namesTheByteOfASyntaxError() {
        assertThat(decode("[{\"labels\":{\"a\":\"b\"}},]"))
                .isEqualTo(
                        new DecodeResult.Refused(
                                400,
                                400,
                                "parsing alerts body from \"\" failed, because invalid character ']' in the JSON text at byte 22"));
    }

    @Test
    void takesManyUnsortedLabelsOfWhichTheLastOfANameWins() {
        StringBuilder body = new StringBuilder("[{\"labels\":{");
        for (int i = 100_000; i > 0; i--) {
            body.append("\"l").append(i % 50_000).append("\":\"").append(i).append("\",");
        }
        LabelSet labels = decoded(decode(body.append("\"l\":\"\"}}]").toString()))
                .getFirst()
                .labels();
        assertThat(labels.size()).isEqualTo(50_001);
        assertThat(labels.get("l49999")).isEqualTo("49999");
        assertThat(labels.get("l1")).isEqualTo("1");
    }

    @Test
    void takesTextsOfAnyLength() {
        String huge = "x".repeat(30_000_000);
        PostedAlert alert =
                decoded(decode("[{\"labels\":{\"a\":\"" + huge + "\"}}]")).getFirst();
        assertThat(alert.labels().get("a")).hasSize(huge.length());
    }

    @Test
    void sharesEqualTexts() {
        List<PostedAlert> alerts = decoded(decode("[{\"labels\":{\"job\":\"node\"},\"generatorURL\":\"http://p/\"},"
                + "{\"labels\":{\"job\":\"node\"},\"generatorURL\":\"http://p/\"}]"));
        assertThat(alerts.get(0).labels().value(0))
                .isSameAs(alerts.get(1).labels().value(0));
        assertThat(alerts.get(0).generatorUrl()).isSameAs(alerts.get(1).generatorUrl());
    }
}
