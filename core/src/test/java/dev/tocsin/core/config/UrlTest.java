package dev.tocsin.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.yaml.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x",
                "https://u:p@host:8443/a/b;c=d?e=f&g#h",
                "http://[::1]:80/",
                "http://x/%2Fa",
                "http://x/!$&'()*+,;=:@[]",
                "foo",
                "/a/b",
                "",
                "socks5://p:1080",
                "http://x?q",
                "mailto:a@b"
            })
    void goodAddressesStayAsTheyAre(String text) throws InvalidValueException {
        assertThat(Url.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://X/a b, http://X/a%20b",
        "http://x/\u00e9, http://x/%C3%A9",
        "http://x/\"<>, http://x/%22%3C%3E",
        "http://x/a b%2Fc, http://x/a%20b/c"
    })
    void whatMayNotStandThereIsEncoded(String text, String printed) throws InvalidValueException {
        assertThat(Url.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://x | unsupported scheme \"ftp\" for URL",
                "foo | unsupported scheme \"\" for URL",
                "http:///x | missing host for URL",
                "http://x:y | parse \"<redacted>\": invalid port \":y\" after host",
                "http://[::1 | parse \"<redacted>\": missing ']' in host",
                "http://a b/ | parse \"<redacted>\": invalid character \" \" in host name",
                "http://x/%zz | parse \"<redacted>\": invalid URL escape \"%zz\"",
                "://x | parse \"<redacted>\": missing protocol scheme",
                "1:2 | parse \"<redacted>\": first path segment in URL cannot contain colon"
            })
    void badAddressesAreRefused(String text, String message) {
        assertThatThrownBy(() -> Url.parseHttp(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    @Test
    void passwordsAreHidden() throws InvalidValueException {
        assertThat(Url.parse("http://u:geheim@x/").redacted()).isEqualTo("http://u:xxxxx@x/");
    }

    @Test
    void aPrintedSecretIsReadBack() throws InvalidValueException {
        assertThat(Url.parseSecretHttp("<secret>").isEmpty()).isFalse();
    }

    @Test
    void aSlashIsAddedOnce() throws InvalidValueException {
        assertThat(Url.parse("http://x/a?b").withTrailingSlash()).hasToString("http://x/a/?b");
        assertThat(Url.parse("http://x/a/").withTrailingSlash()).hasToString("http://x/a/");
    }
}
