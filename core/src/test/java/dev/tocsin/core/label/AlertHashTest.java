package dev.tocsin.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertHashTest {
    /** Vectors that implementations of xxHash64 publish. */
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "message digest, 066ed728fceeb3be",
        "abcdefghijklmnopqrstuvwxyz, cfe1f278fa89835c",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, aaa46907d3047814",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890, e04a477f19ee145d"
    })
    void theHashIsXxHash64(String text, String expected) {
        long hash = AlertHash.xxHash64(text.getBytes(StandardCharsets.UTF_8));
        assertThat(LabelSet.fingerprintText(hash)).isEqualTo(expected);
    }

    @Test
    void anAlertsHashIsTheOneThatLogsOfTheOriginalHold() {
        assertThat(AlertHash.of(LabelSet.of("alertname", "EV"))).isEqualTo(839494743750326920L);
    }

    @Test
    void namesAndValuesDoNotRunIntoEachOther() {
        assertThat(AlertHash.of(LabelSet.of("a", "bc"))).isNotEqualTo(AlertHash.of(LabelSet.of("ab", "c")));
        assertThat(AlertHash.of(LabelSet.EMPTY)).isEqualTo(0xef46db3751d8e999L);
    }
}
