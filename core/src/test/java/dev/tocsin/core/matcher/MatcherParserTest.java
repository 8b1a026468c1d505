package dev.tocsin.core.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.fixture.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatcherParserTest {
    private final List<MatcherWarning> warnings = new ArrayList<>();

    static Stream<Arguments> singles() {
        return Rows.of(MatcherParserTest.class, "single.tsv", 5);
    }

    static Stream<Arguments> lists() {
        return Rows.of(MatcherParserTest.class, "list.tsv", 5);
    }

    @ParameterizedTest
    @MethodSource("singles")
    void oneMatcherIsReadAsTheModeSays(String input, String strict, String classic, String fallback, String warning) {
        assertThat(single(MatcherMode.UTF8_STRICT, input)).isEqualTo(strict);
        assertThat(single(MatcherMode.CLASSIC, input)).isEqualTo(classic);
        assertThat(warnings).isEmpty();
        assertThat(single(MatcherMode.FALLBACK, input)).isEqualTo(chosen(fallback, strict, classic));
        assertThat(warningKinds()).isEqualTo(warning);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listsAreReadAsTheModeSays(String input, String strict, String classic, String fallback, String warning) {
        assertThat(list(MatcherMode.UTF8_STRICT, input)).isEqualTo(strict);
        assertThat(list(MatcherMode.CLASSIC, input)).isEqualTo(classic);
        assertThat(warnings).isEmpty();
        assertThat(list(MatcherMode.FALLBACK, input)).isEqualTo(chosen(fallback, strict, classic));
        assertThat(warningKinds()).isEqualTo(warning);
    }

    private static String chosen(String fallback, String strict, String classic) {
        return switch (fallback) {
            case "strict" -> strict;
            case "classic" -> classic;
            default -> fallback;
        };
    }

    private String warningKinds() {
        return warnings.stream()
                .map(warning -> warning.error().isEmpty() ? "disagreement" : "incompatible")
                .collect(Collectors.joining(","));
    }

    private String single(MatcherMode mode, String input) {
        try {
            return new MatcherParser(mode, warnings::add).single(input, "api").toString();
        } catch (InvalidMatcherException e) {
            return "error: " + e.getMessage();
        }
    }

    private String list(MatcherMode mode, String input) {
        try {
            return new MatcherParser(mode, warnings::add)
                    .list(input, "config").stream().map(Matcher::toString).collect(Collectors.joining(","));
        } catch (InvalidMatcherException e) {
            return "error: " + e.getMessage();
        }
    }

    @Test
    void aWarningSaysWhatToWriteInstead() {
        list(MatcherMode.FALLBACK, "foo=a b,c=\"\\d\"");
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.message()).startsWith("Alertmanager is moving to a new parser");
            assertThat(warning.input()).isEqualTo("foo=a b,c=\"\\d\"");
            assertThat(warning.origin()).isEqualTo("config");
            assertThat(warning.error()).isEqualTo("6:7: unexpected b: expected a comma or close brace");
            assertThat(warning.suggestion()).isEqualTo("foo=\"a b\",c=\"\\\\d\"");
        });
    }

    @Test
    void disagreementIsNamed() {
        single(MatcherMode.FALLBACK, "foo=bar,");
        assertThat(warnings)
                .containsExactly(new MatcherWarning("Matchers input has disagreement", "foo=bar,", "api", "", ""));
    }

    @Test
    void quotedTextsDoNotSpanLinesButClassicOnesDo() throws InvalidMatcherException {
        String text = "foo=\"a\nb\"";
        assertThatThrownBy(() -> new MatcherParser(MatcherMode.UTF8_STRICT, warnings::add).single(text, "api"))
                .hasMessage("4:9: \"a\nb\": invalid input");
        Matcher classic = new MatcherParser(MatcherMode.CLASSIC, warnings::add).single(text, "api");
        assertThat(classic.value()).isEqualTo("a\nb");
    }

    @Test
    void columnsCountCodePoints() {
        assertThat(single(MatcherMode.UTF8_STRICT, "\uD83D\uDE42\uD83D\uDE42=a b"))
                .isEqualTo("error: 5:6: unexpected b: expected a comma or close brace");
    }

    @Test
    void loneSurrogatesAreNoUtf8() {
        assertThat(single(MatcherMode.CLASSIC, "a=\uD83D")).startsWith("error: matcher value not valid UTF-8: ");
        assertThat(single(MatcherMode.UTF8_STRICT, "a=\uD83D")).endsWith(": invalid input");
        assertThat(single(MatcherMode.UTF8_STRICT, "a=\"\uD83D\"")).endsWith(": invalid input");
    }

    @Test
    void aFilterMayBeLong() throws InvalidMatcherException {
        String value = "x".repeat(1_000_000);
        MatcherParser parser = new MatcherParser(MatcherMode.FALLBACK, warnings::add);
        assertThat(parser.single("a=" + value, "api").value()).isEqualTo(value);
        assertThat(parser.list("a=b,".repeat(100_000), "config")).hasSize(100_000);
    }
}
