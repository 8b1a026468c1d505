package dev.tocsin.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.api.http.server.ListenAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainRouterTest {
    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a/b,/a/b",
        "/a//b,/a/b",
        "//a,/a",
        "/a/./b,/a/b",
        "/a/../b,/b",
        "/../..,/",
        "/a/b/..,/a/",
        "/a/.b,/a/.b",
        "/a/,/a/",
        "/a//,/a/"
    })
    void pathsAreCleaned(String path, String clean) {
        assertThat(PlainRouter.clean(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"'',/", "/,/", "foo,/foo", "/foo/,/foo", "//foo/bar//,/foo/bar"})
    void prefixesAreNormalised(String text, String prefix) {
        assertThat(PlainRouter.normalPrefix(text)).isEqualTo(prefix);
    }

    @Test
    void repeatedParametersKeepTheirOrderAndMalformedOnesAreLeftOut() {
        QueryParameters query = QueryParameters.parse("a=1&b=%zz&a=2%203+4&&c=x;y&d&a=%C3%A9%ff&=e&f=%2");
        assertThat(query.all("a")).containsExactly("1", "2 3 4", "é\ufffd");
        assertThat(query.last("a")).isEqualTo("é\ufffd");
        assertThat(query.last("b")).isNull();
        assertThat(query.last("c")).isNull();
        assertThat(query.last("d")).isEmpty();
        assertThat(query.last("f")).isNull();
        assertThat(query.all("g")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9093,127.0.0.1:9093",
        "[::1]:9093,[::1]:9093",
        "localhost:0,127.0.0.1:0",
    })
    void listenAddressesAreRead(String text, String address) {
        assertThat(ListenAddress.format(ListenAddress.parse(text))).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "9093,missing port",
        "::1:9093,too many colons",
        "a:b,invalid port",
        "a:70000,invalid port",
        "vsock://:1,vsock is not supported",
        "no-such-host.invalid:1,no such host"
    })
    void badListenAddressesAreNamed(String text, String trouble) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageContainingAll(text, trouble);
    }
}
