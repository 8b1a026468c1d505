package dev.tocsin.core.store.silence;

import dev.tocsin.core.matcher.Matcher;
import dev.tocsin.core.silence.Silence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.spi.LoggingEventBuilder;

/** Silences as the log shows them (contract section 6.2). */
final class SilenceText {
    private SilenceText() {}

    /** Adds what a line about an edit tells. */
    static LoggingEventBuilder log(LoggingEventBuilder line, Silence silence) {
        return line.addKeyValue("component", "silences")
                .addKeyValue("Id", silence.id())
                .addKeyValue("CreatedBy", silence.createdBy())
                .addKeyValue("Comment", silence.comment())
                .addKeyValue("StartsAt", seconds(silence.startsAt()))
                .addKeyValue("EndsAt", seconds(silence.endsAt()))
                .addKeyValue("Matchers", matchers(silence));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code a=b,c=~d}, without quotes; further sets behind semicolons. */
    private static String matchers(Silence silence) {
        return silence.matcherSets().stream().map(SilenceText::set).collect(Collectors.joining(";"));
    }

    private static String set(List<Matcher> matchers) {
        return matchers.stream()
                .map(matcher -> matcher.name() + matcher.type().operator() + matcher.value())
                .collect(Collectors.joining(","));
    }
}
