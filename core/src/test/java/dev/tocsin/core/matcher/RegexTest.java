package dev.tocsin.core.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tocsin.core.fixture.Rows;
import dev.tocsin.core.label.GoUnquote;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    static {
        CaseFolding.mend(); // one property asks RE2/J itself
    }

    static Stream<Arguments> errors() {
        return Rows.of(RegexTest.class, "regex-errors.tsv", 2);
    }

    static Stream<Arguments> matches() {
        return Rows.of(RegexTest.class, "regex-matches.tsv", 3);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusalsAreWordedAsInGo(String expression, String reason) {
        assertThatThrownBy(() -> Regex.anchored(expression))
                .isInstanceOf(InvalidMatcherException.class)
                .hasMessage("error parsing regexp: " + reason);
    }

    @ParameterizedTest
    @MethodSource("matches")
    void expressionsMeanWhatTheyMeanInGo(String expression, String text, String expected)
            throws InvalidMatcherException {
        boolean matches = Regex.anchored(unescape(expression)).matches(unescape(text));
        assertThat(matches).isEqualTo(expected.equals("yes"));
    }

    private static String unescape(String text) {
        return Objects.requireNonNull(GoUnquote.unquote('"' + text + '"'), text);
    }

    @Test
    void validationNamesTheExpressionAsItIsWritten() {
        assertThatThrownBy(() -> Regex.validate("(")).hasMessage("error parsing regexp: missing closing ): `(`");
        assertThatThrownBy(() -> Regex.validate("a)|(?:b")).hasMessage("error parsing regexp: unexpected ): `a)|(?:b`");
        assertThatCode(() -> Regex.validate("a|b.*|[c]")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a|b|a, a b",
        "(a|b), a b",
        "^(?:(a|b))$, a b",
        "'a\\.b|', a.b ''",
        "a.*, -",
        "a|b.*, -",
        "a|[b], -"
    })
    void choicesOfPlainTextsAreListed(String expression, String expected) throws InvalidMatcherException {
        String listed = Regex.anchored(expression).literals().stream()
                .map(literal -> literal.isEmpty() ? "''" : literal)
                .collect(Collectors.joining(" "));
        assertThat(listed).isEqualTo(expected.equals("-") ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((((a?){10}){10}){10}){2}",
                "(x*){1000}(y*){1000}",
                "(?:(a?)(b?)(c?)){300}",
                "(abcdefghij){1000}(abcdefghij){1000}(abcdefghij){1000}"
            })
    void hugeProgramsAreRefusedOrHarmless(String expression) {
        try {
            Regex.anchored(expression).matches("aaaaaaaaaa");
        } catch (InvalidMatcherException e) {
            assertThat(e.getMessage()).containsAnyOf("invalid repeat count", "expression too large");
        }
    }

    @Test
    void deepNestingIsRefused() throws InvalidMatcherException {
        assertThat(Regex.anchored("(".repeat(900) + "a" + ")".repeat(900)).matches("a"))
                .isTrue();
        assertThatThrownBy(() -> Regex.anchored("(".repeat(1001) + "a" + ")".repeat(1001)))
                .hasMessageStartingWith("error parsing regexp: expression nests too deeply: `^(?:(((");
        assertThatThrownBy(() -> Regex.anchored("(".repeat(500_000))).isInstanceOf(InvalidMatcherException.class);
    }

    @Test
    void longListsOfAlternativesAreFine() throws InvalidMatcherException {
        String list = IntStream.range(0, 30_000)
                .mapToObj(i -> "host" + i + "[.]example[.]com")
                .collect(Collectors.joining("|"));
        Regex regex = Regex.anchored("(" + list + ")");
        assertThat(regex.matches("host29999.example.com")).isTrue();
        assertThat(regex.matches("host30000.example.com")).isFalse();
    }

    @Test
    void longOptionsAreRefusedRatherThanExhaustingTheStack() {
        assertThatThrownBy(() -> Regex.anchored("x?".repeat(3000)))
                .hasMessageStartingWith("error parsing regexp: expression too large: `^(?:x?x?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)%s[b-\\x{ffff}]",
                "(?i)%s[^b-\uffff]",
                "(?i)%s[\\x00-\\x{10FFFF}]",
                "(?-s)(x(?sUi:%s[]!-\uffff\\-]))",
                "(?i)%s[!-\ud83d\ude00]"
            })
    void manyWideRangesThatMatchInEitherCaseAreRefused(String expression) throws InvalidMatcherException {
        String range = expression.substring(expression.indexOf('['), expression.lastIndexOf(']') + 1);
        assertThat(Regex.anchored(expression.formatted(range.repeat(3))).matches(""))
                .isFalse();
        assertThatThrownBy(() -> Regex.anchored(expression.formatted(range.repeat(20))))
                .isInstanceOf(InvalidMatcherException.class)
                .hasMessageStartingWith("error parsing regexp: expression too large: `^(?:(?");
    }

    @Test
    void manyWideRangesInOneClassAreRefusedToo() {
        assertThatThrownBy(() -> Regex.anchored("(?i)[" + "b-\\x{ffff}".repeat(1800) + "]"))
                .hasMessageStartingWith("error parsing regexp: expression too large: `^(?:(?i)[b-");
        assertThatThrownBy(() -> SearchRegex.compile("(?i)[" + "b-\uffff".repeat(6000) + "]"))
                .hasMessageStartingWith("error parsing regexp: expression too large: `(?i)[b-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)%s", "(?i:%s)"})
    void manyNarrowRangesThatMatchInEitherCaseAreFine(String expression) throws InvalidMatcherException {
        String narrow = "[a-z0-9][\\x{41}-\\x5a][-a][a-][[:alpha:]-][\\pL-][^a-z]".repeat(250);
        assertThat(Regex.anchored(expression.formatted(narrow)).matches("")).isFalse();
    }

    @Test
    void wideRangesThatMatchAsTheyAreWrittenAreFine() throws InvalidMatcherException {
        assertThat(Regex.anchored("(?s)" + "[b-\uffff]".repeat(2000)).matches("c".repeat(2000)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{1", "[[:", "[:", "\\Q", "\\x{", "a|", "(|", "x{2}", "[a]", "."})
    void longTextsOfAnyKindTakeLinearTime(String part) {
        assertThatCode(() -> {
                    try {
                        Regex.anchored(part.repeat(300_000));
                    } catch (InvalidMatcherException e) {
                        assertThat(e.getMessage()).startsWith("error parsing regexp: ");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "ab",
                        ".",
                        ".*",
                        ".+",
                        "*",
                        "|",
                        "|",
                        "(",
                        ")",
                        "(?:",
                        "(?i)",
                        "(?i:",
                        "[",
                        "]",
                        "[ab]",
                        "[^a]",
                        "^",
                        "$",
                        "\\",
                        "\\.",
                        "\\|",
                        "\\d",
                        "\\Q",
                        "\\E",
                        "{2}",
                        "{1,2}",
                        "?",
                        "\\n",
                        "-",
                        "\uD83D\uDE42")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "A", ".", "|", "\n", "-", "1", "\uD83D\uDE42", "^", "$")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 10_000)
    void takingApartChangesNoMeaning(@ForAll("expressions") String expression, @ForAll("texts") String text) {
        Pattern whole;
        try {
            whole = Pattern.compile("^(?:" + expression + ")$");
        } catch (PatternSyntaxException e) {
            assertThatThrownBy(() -> Regex.anchored(expression)).isInstanceOf(InvalidMatcherException.class);
            return;
        }
        Regex regex;
        try {
            regex = Regex.anchored(expression);
        } catch (InvalidMatcherException e) {
            assumeThat(e.getMessage()).doesNotContain("invalid repeat count");
            throw new AssertionError(e);
        }
        assertThat(regex.matches(text)).isEqualTo(whole.matcher(text).find());
        if (!regex.literals().isEmpty()) {
            assertThat(regex.matches(text)).isEqualTo(regex.literals().contains(text));
        }
    }
}
