package dev.tocsin.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.tocsin.core.log.LogCodec.Aged;
import dev.tocsin.core.log.proto.Entry;
import dev.tocsin.core.runtime.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LogCodecTest {
    private static final LogEntry ENTRY =
            Entries.entry(7, VersionVector.EMPTY.with(-3, 8), "abc", "d", Entries.NOW, -3);
    private static final ClaimContent CLAIM =
            Entries.claim(new ClaimId(5, 2, 9), 8, VersionVector.EMPTY.with(-3, 8), "ab", "", Entries.NOW);

    private static LogCodec at(Instant now) {
        return new LogCodec(new VirtualTime(now));
    }

    @Test
    void betweenClocksThatAgreeNothingChanges() throws IOException {
        LogCodec there = at(Entries.NOW.plusSeconds(60));
        LogCodec here = at(Entries.NOW.plusSeconds(61));

        assertThat(here.entry(there.encode(ENTRY))).isEqualTo(ENTRY);
        assertThat(here.claim(there.encode(CLAIM))).isEqualTo(CLAIM);
    }

    @Property
    void underAnyClockAnEntryIsAsOldAndLivesAsLong(
            @ForAll @IntRange(min = -86_400, max = 86_400) int skewSeconds,
            @ForAll @IntRange(max = 40_000) int ageSeconds)
            throws IOException {
        Instant there = Entries.NOW.plusSeconds(ageSeconds);
        Instant here = there.plusSeconds(skewSeconds);

        LogEntry read = at(here).entry(at(there).encode(ENTRY));

        Duration wrong = Duration.between(read.sentAt(), here).minusSeconds(ageSeconds);
        assertThat(wrong.abs()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Duration.between(read.sentAt(), read.expiresAt())).isEqualTo(Duration.ofHours(8));
        assertThat(read.version()).isEqualTo(ENTRY.version());
    }

    @Test
    void aClaimIsAsOldUnderAClockThatIsHalfAMinuteAhead() throws IOException {
        ClaimContent read = at(Entries.NOW.plusSeconds(35))
                .claim(at(Entries.NOW.plusSeconds(5)).encode(CLAIM));

        assertThat(read.since()).isEqualTo(Entries.NOW.plusSeconds(30));
        assertThat(read.expiresAt()).isEqualTo(read.since().plus(Duration.ofHours(8)));
        assertThat(read.id()).isEqualTo(CLAIM.id());
    }

    /** Nobody could be told of them: their ages do not fit into milliseconds. */
    @Test
    void timesBeyondAllYearsAreRefused() throws IOException {
        LogCodec codec = at(Entries.NOW);
        Aged good = codec.encode(ENTRY);
        Instant never = Instant.MAX.minusSeconds(1_000_000_000);
        byte[] endless = Entry.parseFrom(good.content()).toBuilder()
                .setExpiresAt(Timestamp.newBuilder().setSeconds(never.getEpochSecond()))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> codec.entry(new Aged(endless, good.ageMillis(), good.remainingMillis())))
                .isInstanceOf(IOException.class)
                .hasMessage("not an entry of the notification log: a time outside the years 1 to 9999");
    }

    @Test
    void anythingElseIsRefused() {
        LogCodec codec = at(Entries.NOW);

        assertThatThrownBy(() -> codec.entry(new Aged(new byte[] {1, 2, 3}, 0, 0)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> codec.claim(new Aged(new byte[] {-1}, 0, 0))).isInstanceOf(IOException.class);
    }

    @Property
    void noiseIsRefusedOrReadButNothingElse(@ForAll Random random, @ForAll long age) {
        LogCodec codec = at(Entries.NOW);
        byte[] content = codec.encode(ENTRY).content();
        for (int i = 0; i < 3; i++) {
            content[random.nextInt(content.length)] = (byte) random.nextInt();
        }
        try {
            assertThat(codec.entry(new Aged(content, age, 0)).key()).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).hasMessageStartingWith("not an entry of the notification log: ");
        }
    }
}
