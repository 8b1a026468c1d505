package dev.tocsin.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoUnquoteTest {
    @Test
    void allEscapesAreRead() {
        assertThat(GoUnquote.unquote("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"")).isEqualTo("\u0007\b\f\n\r\t\u000b\\\"");
        assertThat(GoUnquote.unquote("\"\\x41\\101\\u00e9\\U0001F642\\xf0\\x9f\\x99\\x82\""))
                .isEqualTo("AAé\uD83D\uDE42\uD83D\uDE42");
        assertThat(GoUnquote.unquote("\"\"")).isEmpty();
        assertThat(GoUnquote.unquote("\"Σ 'x' `y` \uD83D\uDE42\"")).isEqualTo("Σ 'x' `y` \uD83D\uDE42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "a",
                "\"a",
                "a\"",
                "\"a\"b\"",
                "\"\\\"",
                "\"\\'\"",
                "\"\\d\"",
                "\"\\x4\"",
                "\"\\xg0\"",
                "\"\\8\"",
                "\"\\400\"",
                "\"\\18\"",
                "\"\\ud83d\"",
                "\"\\U00110000\"",
                "\"\\UFFFFFFFF\"",
                "\"\\u12\"",
                "\"\\xff\"",
                "\"\\xc3\"",
                "\"\n\"",
                "'a'",
                "\"\\x٤1\""
            })
    void whatIsNoLiteralIsRefused(String literal) {
        assertThat(GoUnquote.unquote(literal)).isNull();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Property
    void whatIsQuotedIsReadBack(@ForAll("texts") String text) {
        assertThat(GoUnquote.unquote(GoQuote.quote(text))).isEqualTo(text);
    }

    @Property
    void wildTextNeitherFailsNorHangs(@ForAll String text) {
        GoUnquote.unquote('"' + text + '"');
    }
}
