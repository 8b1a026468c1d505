package dev.tocsin.notifiers.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.config.Url;
import dev.tocsin.notifiers.http.socket.HostPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest
    @CsvSource({
        "'', http://localhost/, true",
        "'', http://127.0.0.1/, true",
        "'', http://[::1]:5/, true",
        "'', http://a.example/, false",
        "*, http://a.example/, true",
        "a.example, http://a.example/, true",
        "a.example, http://b.a.example/, true",
        "a.example, http://ba.example/, false",
        ".a.example, http://a.example/, false",
        ".a.example, http://b.a.example/, true",
        "*.a.example, http://b.a.example/, true",
        "A.example, http://a.EXAMPLE/, true",
        "a.example:80, http://a.example/, true",
        "a.example:443, http://a.example/, false",
        "10.1.2.3, http://10.1.2.3/, true",
        "10.1.2.3:81, http://10.1.2.3/, false",
        "10.0.0.0/8, http://10.1.2.3/, true",
        "10.0.0.0/8, http://11.1.2.3/, false",
        "10.1.2.0/25, http://10.1.2.130/, false",
        "2001:db8::/32, http://[2001:db8::1]/, true",
        "[2001:db8::1]:80, http://[2001:db8::1]/, true",
        "'x, y ,a.example', http://a.example/, true",
        "10.0.0.0/99, http://10.1.2.3/, false"
    })
    void knowsWhomToReachWithoutAProxy(String noProxy, String url, boolean direct) throws Exception {
        assertThat(new NoProxy(noProxy).covers(HostPort.of(Url.parse(url)))).isEqualTo(direct);
    }
}
