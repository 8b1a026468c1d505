package dev.tocsin.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.fixture.JsonResource;
import dev.tocsin.core.matcher.LabelNames;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoding and validation answer with values, never with an exception. */
class AlertDecoderFuzzTest {
    private static final int ROUNDS = 60_000;
    private static final byte[] TOKENS = "[]{}\",:\\u0dDnulltrue-+1.eE \t\n/\0\u007f".getBytes(StandardCharsets.UTF_8);

    private final AlertDecoder decoder = new AlertDecoder(new StringInterner(64));
    private final AlertValidator validator =
            new AlertValidator(MatcherMode.FALLBACK, ZoneOffset.UTC, new Metrics(new MetricRegistry()));

    @Test
    void mutatedBodiesAreDecodedOrRefused() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20260102);
        List<byte[]> seeds = seeds();
        int decoded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutated(seeds.get(random.nextInt(seeds.size())), seeds, random);
            DecodeResult result = decoder.decode(body, 0, body.length);
            if (result instanceof DecodeResult.Decoded ok) {
                decoded++;
                check(
                        validator.validate(ok.alerts(), Instant.EPOCH, Duration.ofMinutes(5)),
                        ok.alerts().size());
            }
        }
        assertThat(decoded).isBetween(ROUNDS / 50, ROUNDS - ROUNDS / 50);
    }

    private static void check(ValidatedBatch batch, int posted) {
        assertThat(batch.alerts().size() + batch.messages().size()).isEqualTo(posted);
        for (var alert : batch.alerts()) {
            for (int i = 0; i < alert.labels().size(); i++) {
                if (!LabelNames.isUtf8(alert.labels().name(i))
                        || !LabelNames.isUtf8(alert.labels().value(i))
                        || alert.labels().value(i).isEmpty()) {
                    throw new AssertionError(alert.labels());
                }
            }
        }
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Map<String, Object> row : new JsonResource(AlertDecoderTest.class, "alert-bodies.jsonl").objects()) {
            if (row.get("body") instanceof String body) {
                seeds.add(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        return seeds;
    }

    private static byte[] mutated(byte[] seed, List<byte[]> seeds, RandomGenerator random) {
        byte[] body = seed.clone();
        for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(5)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = TOKENS[random.nextInt(TOKENS.length)];
                case 2 -> body = joined(body, at, body, Math.min(body.length, at + 1 + random.nextInt(8)));
                case 3 -> body = joined(body, at, new byte[0], 0);
                default -> {
                    byte[] other = seeds.get(random.nextInt(seeds.size()));
                    body = other.length == 0 ? body : joined(body, at, other, random.nextInt(other.length));
                }
            }
        }
        return body;
    }

    /** The head of one body and the tail of another. */
    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailStart) {
        byte[] joined = new byte[headEnd + tail.length - tailStart];
        System.arraycopy(head, 0, joined, 0, headEnd);
        System.arraycopy(tail, tailStart, joined, headEnd, tail.length - tailStart);
        return joined;
    }
}
