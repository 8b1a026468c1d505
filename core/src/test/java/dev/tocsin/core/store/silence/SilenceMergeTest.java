package dev.tocsin.core.store.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SilenceMergeTest {
    @Provide
    Arbitrary<Silence> versions() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("", "x", "ü"))
                .as((updated, end, comment) -> new Silence(
                        "id",
                        List.of(List.of(Matcher.equal("a", "b"))),
                        Instant.EPOCH,
                        Instant.ofEpochSecond(end),
                        Instant.ofEpochSecond(updated),
                        "",
                        comment,
                        Map.of(),
                        Instant.ofEpochSecond(end + 1)));
    }

    @Property(tries = 500)
    void theOrderOfVersionsDoesNotMatter(@ForAll("versions") Silence a, @ForAll("versions") Silence b) {
        assertThat(SilenceMerge.newer(a, b)).isEqualTo(SilenceMerge.newer(b, a));
    }

    @Property(tries = 500)
    void theGroupingOfVersionsDoesNotMatter(
            @ForAll("versions") Silence a, @ForAll("versions") Silence b, @ForAll("versions") Silence c) {
        assertThat(SilenceMerge.newer(SilenceMerge.newer(a, b), c))
                .isEqualTo(SilenceMerge.newer(a, SilenceMerge.newer(b, c)));
    }

    @Property(tries = 100)
    void mergingAgainChangesNothing(@ForAll("versions") Silence a, @ForAll("versions") Silence b) {
        Silence merged = SilenceMerge.newer(a, b);
        assertThat(SilenceMerge.newer(merged, b)).isSameAs(merged);
    }

    @Property(tries = 500)
    void aLaterVersionWins(@ForAll("versions") Silence a, @ForAll("versions") Silence b) {
        Silence merged = SilenceMerge.newer(a, b);
        assertThat(merged.updatedAt()).isEqualTo(a.updatedAt().isAfter(b.updatedAt()) ? a.updatedAt() : b.updatedAt());
    }
}
