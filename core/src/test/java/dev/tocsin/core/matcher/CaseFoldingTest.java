package dev.tocsin.core.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseFoldingTest {
    @Test
    void everyCharacterThatThisJdkKnowsLeadsBackToItself() {
        CaseFolding.mend();
        char[] table = CaseFolding.table();
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(c -> !CaseFolding.comesBack(table, c))
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    @Test
    void mendingTwiceChangesNothing() {
        CaseFolding.mend();
        char[] once = CaseFolding.table().clone();
        CaseFolding.mend();
        assertThat(CaseFolding.table()).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i:[\\n|-\uD83D\uDE42])",
                "(?i)[a-\\x{ffff}]",
                "(?i)\\x{1c80}",
                "(?i)\\x{1c88}",
                "(?i)[^\\x{1c00}-\\x{1cff}]",
                "(?i)[\\x00-\\x{10ffff}]+"
            })
    void expressionsThatIgnoreCaseAreCompiled(String expression) throws InvalidMatcherException {
        assertThat(Regex.anchored(expression).matches("--")).isEqualTo(expression.endsWith("+"));
    }

    /** As Go's regexp package says. */
    @ParameterizedTest
    @CsvSource({
        "(?i)\\x{1c80}, \u0432, true",
        "(?i)\u0412, \u1C80, true",
        "(?i)\u0432, \u1C80, true",
        "(?i)[\u0431-\u0433], \u1C80, true",
        "(?i)[\u1C84], \u1C85, true",
        "(?i)\u0442, \u1C84, true",
        "(?i)\u0442, \u1C85, true",
        "(?i)\u0442, \u1C80, false",
        "(?i)k, \u212A, true",
        "(?i)s, \u017F, true",
        "(?i)\u00DF, \u1E9E, true"
    })
    void charactersThatDifferInCaseOnlyMatch(String expression, String text, boolean matches)
            throws InvalidMatcherException {
        assertThat(Regex.anchored(expression).matches(text)).isEqualTo(matches);
    }
}
