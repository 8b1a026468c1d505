package dev.tocsin.cluster.atomix.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9094, 127.0.0.1, 9094",
        ":9094, '', 9094",
        "example.org:0, example.org, 0",
        "[::1]:9094, ::1, 9094",
        "[fd00::7]:65535, fd00::7, 65535",
    })
    void readsAndWritesWhatPeopleWrite(String text, String host, int port) {
        assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port));
        assertThat(HostAndPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "example.org:",
                "example.org:x",
                "example.org:65536",
                "example.org:-1",
                "::1",
                "[::1]",
                "[::1"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMissingPortIsNamed() {
        assertThatThrownBy(() -> HostAndPort.parse("example.org"))
                .hasMessage("address example.org: missing port in address");
    }
}
