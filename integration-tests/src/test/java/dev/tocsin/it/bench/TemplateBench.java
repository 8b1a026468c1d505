package dev.tocsin.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link TemplateBenchmark} with the other measurements. JMH prints the table. */
@Tag("bench")
class TemplateBench {
    @Test
    void renders() throws RunnerException {
        assertThat(new Runner(new OptionsBuilder()
                                .include(TemplateBenchmark.class.getName() + "\\..*")
                                .shouldFailOnError(true)
                                .build())
                        .run())
                .hasSize(3);
    }
}
