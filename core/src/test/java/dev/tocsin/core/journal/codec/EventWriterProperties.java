package dev.tocsin.core.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.journal.AlertEvent;
import dev.tocsin.core.journal.GroupEvent;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.wire.OddTexts;
import dev.tocsin.core.wire.WireBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventWriterProperties {
    private final EventWriter writer = new EventWriter();

    private static long fingerprint(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(3) - 1 : random.nextLong();
    }

    private static JournalEvent event(Random random) {
        OddTexts odd = new OddTexts(random);
        return switch (random.nextInt(3)) {
            case 0 -> new AlertEvent.Merged(odd.labels(), odd.any(List.of(AlertEvent.Change.values())), odd.text());
            case 1 -> new AlertEvent.Routed(fingerprint(random), odd.texts(3), odd.texts(3));
            default -> new GroupEvent.Grouped(odd.text(), odd.text(), fingerprint(random), random.nextBoolean());
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
