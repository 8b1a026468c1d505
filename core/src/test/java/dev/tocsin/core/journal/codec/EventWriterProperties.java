package dev.tocsin.core.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.wire.WireBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventWriterProperties {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "instance",
            "é",
            "日本",
            "\uD83D\uDD14",
            "\uD83D",
            "\u0141",
            "x".repeat(127),
            "ü".repeat(64),
            "y".repeat(20_000));

    private final EventWriter writer = new EventWriter();

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(any(TEXTS, random));
        }
        return texts;
    }

    private static long fingerprint(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(3) - 1 : random.nextLong();
    }

    private static JournalEvent event(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                String[] labels = new String[2 * random.nextInt(5)];
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = any(TEXTS, random);
                }
                yield new AlertEvent.Merged(
                        LabelSet.ofPairs(labels), any(List.of(AlertEvent.Change.values()), random), any(TEXTS, random));
            }
            case 1 -> new AlertEvent.Routed(fingerprint(random), texts(random), texts(random));
            default ->
                new GroupEvent.Grouped(
                        any(TEXTS, random), any(TEXTS, random), fingerprint(random), random.nextBoolean());
        };
    }

    @Property
    void theBytesAreThoseOfTheMessage(@ForAll long seed) {
        Random random = new Random(seed);
        WireBuffer out = new WireBuffer(random.nextInt(3));
        for (int i = 0; i < 3; i++) {
            JournalEvent event = event(random);
            out.clear();
            writer.write(event, out);
            assertThat(out.toByteArray()).isEqualTo(EventCodec.encode(event));
        }
    }
}
