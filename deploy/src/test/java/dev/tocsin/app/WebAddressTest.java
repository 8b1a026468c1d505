package dev.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://hub.example.org/,     https://hub.example.org,     /",
        "https://hub.example.org/a/b/, https://hub.example.org/a/b, /a/b",
        "http://hub:9093,              http://hub:9093,             /"
    })
    void theFlagCountsWhateverThePortSpeaks(String flag, String url, String prefix) throws StartupException {
        for (boolean secured : new boolean[] {true, false}) {
            URI external = WebAddress.externalUrl(flag, 9093, secured);
            assertThat(external).hasToString(url);
            assertThat(WebAddress.routePrefix("", external)).isEqualTo(prefix);
            assertThat(WebAddress.routePrefix("x/", external)).isEqualTo("/x");
        }
    }

    @Test
    void withoutTheFlagTheAddressIsThatOfTheHostInTheSchemeOfThePort() throws StartupException {
        assertThat(WebAddress.externalUrl("", 19093, false))
                .hasScheme("http")
                .hasPort(19093)
                .hasPath("");
        assertThat(WebAddress.externalUrl("", 19093, true)).hasScheme("https").hasPort(19093);
    }

    @Test
    void otherSchemesAreRefused() {
        assertThatThrownBy(() -> WebAddress.externalUrl("ftp://x", 1, true))
                .isInstanceOf(StartupException.class)
                .hasMessage("\"ftp://x\": invalid \"ftp\" scheme, only 'http' and 'https' are supported");
    }
}
