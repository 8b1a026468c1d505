package dev.tocsin.app.flag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0MB, 0", "17B, 17", "512MB, 536870912", "2gb, 2147483648", "1KB, 1024", "1TB, 1099511627776"})
    void aNumberAndAUnitAreASize(String text, long bytes) {
        assertThat(ByteSize.value(text)).isEqualTo(bytes);
        assertThat(ByteSize.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "512", "-1MB", "1.5GB", "5 MB", "512MiB", "99999999999999999999B", "99999PB"})
    void anythingElseIsRefused(String text) {
        assertThat(ByteSize.value(text)).isEqualTo(-1);
        assertThat(ByteSize.problem(text))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("\"" + text + "\"").contains("512MB"));
    }
}
