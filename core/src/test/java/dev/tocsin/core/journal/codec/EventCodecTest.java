package dev.tocsin.core.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.tocsin.core.journal.EventType;
import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.journal.SampleEvents;
import dev.tocsin.core.journal.proto.Event;
import dev.tocsin.core.journal.proto.Time;
import dev.tocsin.core.wire.WireBuffer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    @Test
    void everyEventReadsBackAsItWasWritten() throws IOException {
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        for (JournalEvent event : SampleEvents.all()) {
            seen.add(event.type());
            assertThat(EventCodec.decode(ByteString.copyFrom(EventCodec.encode(event))))
                    .isEqualTo(event);
        }
        assertThat(seen).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void aWriterGivesTheSameBytes() {
        EventWriter writer = new EventWriter();
        WireBuffer out = new WireBuffer(0);
        for (JournalEvent event : SampleEvents.all()) {
            out.clear();
            writer.write(event, out);
            assertThat(out.toByteArray()).isEqualTo(EventCodec.encode(event));
        }
    }

    @Test
    void theNumberOnTheWireIsThatOfTheType() {
        for (JournalEvent event : SampleEvents.all()) {
            assertThat(EventCodec.message(event).getKindCase().getNumber())
                    .isEqualTo(event.type().number());
            assertThat(EventType.of(event.type().number())).isSameAs(event.type());
            assertThat(EventType.named(event.type().text())).isSameAs(event.type());
        }
    }

    @Test
    void damageIsToldAndNothingElseIsThrown() {
        Random random = new Random(1);
        for (JournalEvent event : SampleEvents.all()) {
            byte[] good = EventCodec.encode(event);
            for (int i = 0; i < 200; i++) {
                byte[] bad = good.clone();
                if (bad.length > 0) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                try {
                    EventCodec.decode(ByteString.copyFrom(bad));
                } catch (IOException expected) {
                    assertThat(expected).hasMessageNotContaining("null");
                }
            }
        }
    }

    @Test
    void aTimeThatIsNoneIsDamage() {
        Time never = Time.newBuilder().setSeconds(Long.MIN_VALUE).setNanos(-1).build();
        Event event = Event.newBuilder().setInterrupted(never).build();
        assertThatThrownBy(() -> EventCodec.decode(event.toByteString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an event of the journal");
    }

    @Test
    void anEventOfALaterVersionIsNotMistakenForAnother() {
        // field 100, a message of no bytes
        ByteString later = ByteString.copyFrom(new byte[] {(byte) 0xa2, 0x06, 0});
        assertThatThrownBy(() -> EventCodec.decode(later))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("later version");
    }
}
