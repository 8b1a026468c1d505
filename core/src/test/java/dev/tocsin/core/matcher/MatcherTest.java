package dev.tocsin.core.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.label.LabelSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
    private static Matcher matcher(String name, MatchType type, String value) throws InvalidMatcherException {
        return Matcher.of(name, type, value);
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL,'',true",
        "EQUAL,x,false",
        "NOT_EQUAL,x,false",
        "NOT_EQUAL,'',false",
        "REGEXP,.*,true",
        "REGEXP,'',true",
        "REGEXP,a|,true",
        "REGEXP,.+,false",
        "REGEXP,a?,true",
        "NOT_REGEXP,x,false",
        "NOT_REGEXP,.+,false"
    })
    void onlyPositiveMatchersCountAsMatchingTheEmptyString(MatchType type, String value, boolean expected)
            throws InvalidMatcherException {
        assertThat(matcher("a", type, value).matchesEmpty()).isEqualTo(expected);
    }

    @Test
    void aMissingLabelIsTheEmptyString() throws InvalidMatcherException {
        LabelSet labels = LabelSet.of("a", "1");
        assertThat(matcher("b", MatchType.EQUAL, "").matches(labels)).isTrue();
        assertThat(matcher("b", MatchType.NOT_EQUAL, "x").matches(labels)).isTrue();
        assertThat(matcher("b", MatchType.NOT_REGEXP, ".*").matches(labels)).isFalse();
        assertThat(matcher("b", MatchType.REGEXP, ".+").matches(labels)).isFalse();
    }

    @Test
    void matchersSortByNameThenValueThenOperator() throws InvalidMatcherException {
        Matcher first = matcher("a", MatchType.NOT_REGEXP, "1");
        Matcher second = matcher("a", MatchType.EQUAL, "2");
        Matcher third = matcher("a", MatchType.NOT_EQUAL, "2");
        Matcher fourth = matcher("\uFF5E", MatchType.EQUAL, "");
        Matcher fifth = matcher("\uD83D\uDE42", MatchType.EQUAL, "");
        assertThat(List.of(fifth, third, fourth, second, first).stream().sorted())
                .containsExactly(first, second, third, fourth, fifth);
    }

    @ParameterizedTest
    @CsvSource({"team,x,'team=\"x\"'", "we ird,x,'\"we ird\"=\"x\"'", "é,ü,'é=\"ü\"'", "'',x,'=\"x\"'"})
    void namesAreQuotedOnlyIfTheyNeedIt(String name, String value, String expected) {
        assertThat(Matcher.equal(name, value)).hasToString(expected);
    }

    @Test
    void valuesAreQuotedInTwoWays() {
        assertThat(Matcher.equal("a", "x\"\\\n\t\u200b")).hasToString("a=\"x\\\"\\\\\\n\t\u200b\"");
        assertThat(Matcher.equal("a b", "x\"\\\n\t\u200b\u0001"))
                .hasToString("\"a b\"=\"x\\\"\\\\\\n\\t\\u200b\\x01\"");
    }

    @Test
    void literalsAreListedForPositiveMatchersOnly() throws InvalidMatcherException {
        assertThat(matcher("a", MatchType.EQUAL, "x").literals()).containsExactly("x");
        assertThat(matcher("a", MatchType.REGEXP, "x|y").literals()).containsExactlyInAnyOrder("x", "y");
        assertThat(matcher("a", MatchType.NOT_EQUAL, "x").literals()).isEmpty();
        assertThat(matcher("a", MatchType.NOT_REGEXP, "x|y").literals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a,true,true",
        "_a1,true,true",
        "a-b,false,true",
        "1a,false,true",
        "é b,false,true",
        "'',false,false",
        "a:b,false,true"
    })
    void labelNamesAreValidByMode(String name, boolean classic, boolean utf8) {
        assertThat(LabelNames.isValid(name, MatcherMode.CLASSIC)).isEqualTo(classic);
        assertThat(LabelNames.isValid(name, MatcherMode.FALLBACK)).isEqualTo(utf8);
        assertThat(LabelNames.isValid(name, MatcherMode.UTF8_STRICT)).isEqualTo(utf8);
    }

    @Test
    void loneSurrogatesNameNoLabel() {
        assertThat(LabelNames.isUtf8("\uD83D\uDE42x")).isTrue();
        assertThat(LabelNames.isUtf8("x\uD83D")).isFalse();
        assertThat(LabelNames.isUtf8("\uDE42")).isFalse();
        assertThat(LabelNames.isUtf8("\uD83D\uD83D\uDE42")).isFalse();
    }
}
