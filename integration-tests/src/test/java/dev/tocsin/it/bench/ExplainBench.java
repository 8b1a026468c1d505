package dev.tocsin.it.bench;

import dev.tocsin.core.hub.ExplainBenchmark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs {@link ExplainBenchmark} with the other measurements. It prints the figures. */
@Tag("bench")
class ExplainBench {
    @Test
    void explains() {
        ExplainBenchmark.main(new String[0]);
    }
}
