package dev.tocsin.notifiers.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifiers.CapturedAlerts;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    @Test
    void isTheHashOfTheGroupKey() {
        assertThat(KeyHash.of(new CapturedAlerts().notification("firing")))
                .isEqualTo("6c5c230a0460c591ea66e327fe402b43780c90268ce5840cd1e8717c35da4069");
    }
}
