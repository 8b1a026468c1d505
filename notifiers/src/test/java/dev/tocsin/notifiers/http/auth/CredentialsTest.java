package dev.tocsin.notifiers.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Url;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    @ParameterizedTest
    @CsvSource({
        "http://a.example/, http://a.example/x, true",
        "http://a.example/, http://b.a.example/x, true",
        "http://a.example/, http://ba.example/x, false",
        "http://a.example/, https://a.example/, true",
        "https://a.example/, http://a.example/, false",
        "http://a.example/, http://b.example/, false"
    })
    void knowsWhatBelongsTogether(String first, String next, boolean same) throws Exception {
        assertThat(Credentials.sameSite(Url.parse(first), Url.parse(next))).isEqualTo(same);
    }
}
