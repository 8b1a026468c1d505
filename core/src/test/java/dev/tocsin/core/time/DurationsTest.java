package dev.tocsin.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.fixture.Rows;
import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DurationsTest {
    static Stream<Arguments> prometheus() {
        return Rows.of(DurationsTest.class, "prometheus-durations.tsv", 3);
    }

    static Stream<Arguments> go() {
        return Rows.of(DurationsTest.class, "go-durations.tsv", 4);
    }

    @ParameterizedTest
    @MethodSource("prometheus")
    void configurationDurationsAreReadAndPrinted(String text, String printed, String error)
            throws InvalidTimeException {
        if (error.isEmpty()) {
            assertThat(PrometheusDuration.print(PrometheusDuration.parse(text))).isEqualTo(printed);
        } else {
            assertThatThrownBy(() -> PrometheusDuration.parse(text))
                    .isInstanceOf(InvalidTimeException.class)
                    .hasMessage(error);
        }
    }

    @ParameterizedTest
    @MethodSource("go")
    void goDurationsAreReadAndPrinted(String text, String printed, String error, String asFlag)
            throws InvalidTimeException {
        if (error.isEmpty()) {
            assertThat(GoDuration.print(GoDuration.parse(text))).isEqualTo(printed);
        } else {
            assertThatThrownBy(() -> GoDuration.parse(text))
                    .isInstanceOf(InvalidTimeException.class)
                    .hasMessage(error);
        }
        String flag = asFlag.isEmpty() ? printed : asFlag;
        if (flag.isEmpty()) {
            assertThatThrownBy(() -> GoDuration.parseFlag(text)).hasMessage(error);
        } else {
            assertThat(GoDuration.print(GoDuration.parseFlag(text))).isEqualTo(flag);
        }
    }

    @Test
    void veryLongTextsAreRefusedQuickly() {
        assertThatThrownBy(() -> GoDuration.parse("9".repeat(100_000) + "h")).isInstanceOf(InvalidTimeException.class);
        assertThatThrownBy(() -> GoDuration.parse("1h".repeat(100_000) + "x")).isInstanceOf(InvalidTimeException.class);
        assertThatThrownBy(() -> PrometheusDuration.parse("9".repeat(100_000) + "h"))
                .isInstanceOf(InvalidTimeException.class);
    }

    @Test
    void digitsBelowANanosecondCostNothing() throws InvalidTimeException {
        assertThat(GoDuration.parse("1." + "9".repeat(4_000_000) + "s")).isEqualTo(Duration.ofNanos(1_999_999_999));
        assertThat(GoDuration.parse("0".repeat(4_000_000) + "2.s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(GoDuration.parse("." + "0".repeat(4_000_000) + "h")).isEqualTo(Duration.ZERO);
        assertThatThrownBy(() -> GoDuration.parse("9".repeat(4_000_000) + "." + "9".repeat(4_000_000) + "ns"))
                .isInstanceOf(InvalidTimeException.class)
                .hasMessageStartingWith("time: invalid duration ");
    }

    @Property
    void printedConfigurationDurationsAreReadBack(@ForAll @LongRange(max = Long.MAX_VALUE / 1_000_000) long millis)
            throws InvalidTimeException {
        Duration duration = Duration.ofMillis(millis);
        assertThat(PrometheusDuration.parse(PrometheusDuration.print(duration))).isEqualTo(duration);
    }

    @Property
    void printedGoDurationsAreReadBack(@ForAll @LongRange(min = -Long.MAX_VALUE) long nanos)
            throws InvalidTimeException {
        Duration duration = Duration.ofNanos(nanos);
        assertThat(GoDuration.parse(GoDuration.print(duration))).isEqualTo(duration);
    }
}
