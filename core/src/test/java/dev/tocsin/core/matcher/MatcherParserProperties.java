package dev.tocsin.core.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Both grammars against random text: whatever comes in, matchers or a clear refusal come out. */
class MatcherParserProperties {
    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "_",
                        ":",
                        "0",
                        "=",
                        "!",
                        "~",
                        "{",
                        "}",
                        ",",
                        "\"",
                        "'",
                        "`",
                        "\\",
                        " ",
                        "\n",
                        "\t",
                        "\u00a0",
                        "n",
                        "x",
                        "f",
                        "u",
                        "(",
                        ")",
                        "[",
                        "*",
                        "+",
                        "?",
                        "|",
                        ".",
                        "Σ",
                        "\uD83D\uDE42",
                        "\uD83D",
                        "\u0000",
                        "\u2028",
                        "=~",
                        "!=",
                        "!~",
                        "a=",
                        "\"}",
                        "\\\"")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Matcher> matchers() {
        Arbitrary<String> text = Arbitraries.of(
                        "a",
                        "b",
                        "_",
                        "0",
                        " ",
                        "\"",
                        "\\",
                        "\n",
                        "\t",
                        "\r",
                        ",",
                        "{",
                        "}",
                        "=",
                        "~",
                        "!",
                        "'",
                        "`",
                        "Σ",
                        "\uD83D\uDE42",
                        "\u0000",
                        "\u200b",
                        "\u007f",
                        "\u2028",
                        "\ufffd")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
        return Combinators.combine(text.filter(name -> !name.isEmpty()), Arbitraries.of(MatchType.class), text)
                .as(MatcherParserProperties::matcher);
    }

    /** Values without the signs of expressions, so that they are valid ones as well. */
    private static Matcher matcher(String name, MatchType type, String value) {
        try {
            return Matcher.of(name, type, type.isRegex() ? value.replaceAll("[\\\\{}]", "") : value);
        } catch (InvalidMatcherException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 4000)
    void nothingButMatchersOrARefusalComesOut(@ForAll("nasty") String text, @ForAll MatcherMode mode) {
        MatcherParser parser = new MatcherParser(mode, warning -> {});
        try {
            parser.list(text, "config").forEach(Matcher::matchesEmpty);
        } catch (InvalidMatcherException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            parser.single(text, "api").matches("x");
        } catch (InvalidMatcherException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 2000)
    void whatIsPrintedIsReadBack(@ForAll("matchers") Matcher matcher) throws InvalidMatcherException {
        MatcherParser parser = new MatcherParser(MatcherMode.UTF8_STRICT, warning -> {});
        assertThat(parser.single(matcher.toString(), "api")).isEqualTo(matcher);
        assertThat(parser.list("{" + matcher + "," + matcher + "}", "config")).isEqualTo(List.of(matcher, matcher));
    }

    @Property(tries = 2000)
    void whatTheFallbackSuggestsIsWhatItUnderstood(@ForAll("nasty") String text) throws InvalidMatcherException {
        MatcherWarning[] heard = new MatcherWarning[1];
        MatcherParser fallback = new MatcherParser(MatcherMode.FALLBACK, warning -> heard[0] = warning);
        List<Matcher> matchers;
        try {
            matchers = fallback.list(text, "config");
        } catch (InvalidMatcherException e) {
            return;
        }
        if (heard[0] == null || heard[0].suggestion().isEmpty()) {
            return;
        }
        MatcherParser quiet = new MatcherParser(MatcherMode.FALLBACK, warning -> fail("warned again: " + warning));
        assertThat(quiet.list(heard[0].suggestion(), "config")).isEqualTo(matchers);
    }
}
