package dev.tocsin.notifiers.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailEncodingTest {
    @Test
    void leavesPrintableTextAlone() {
        assertThat(MailEncoding.header("a=b?c_d <e>\t ")).isEqualTo("a=b?c_d <e>\t ");
    }

    @Test
    void splitsLongValuesIntoWordsOfSeventyFive() {
        String header = MailEncoding.header("é_=? " + "ab ".repeat(30));

        assertThat(header).startsWith("=?utf-8?q?=C3=A9=5F=3D=3F_ab_");
        assertThat(header.split(" "))
                .hasSize(2)
                .allSatisfy(word -> assertThat(word)
                        .hasSizeLessThanOrEqualTo(75)
                        .startsWith("=?utf-8?q?")
                        .endsWith("?="));
    }

    @Test
    void breaksLongLines() {
        assertThat(MailEncoding.quotedPrintable("x".repeat(75) + "yz")).isEqualTo("x".repeat(75) + "=\r\nyz");
        assertThat(MailEncoding.quotedPrintable("x".repeat(73) + "é")).isEqualTo("x".repeat(73) + "=\r\n=C3=A9");
    }

    @Test
    void encodesWhiteSpaceAtTheEndOfLines() {
        assertThat(MailEncoding.quotedPrintable("a \nb\t\r\nc=\rd ")).isEqualTo("a=20\r\nb=09\r\nc=3D\r\nd=20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a@b.c | a@b.c
            `A B <a@b.c>, "x, y" <d@e.f>` | a@b.c,d@e.f
            `<a@b.c>` | a@b.c
            `"odd local"@b.c` | "odd local"@b.c
            `a@[127.0.0.1]` | a@[127.0.0.1]
            """)
    void readsAddresses(String text, String addresses) throws Exception {
        assertThat(String.join(",", MailAddresses.parse(text))).isEqualTo(addresses);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | mail: no address
            nobody | mail: missing '@' or angle-addr
            `not an address` | mail: no angle-addr
            `a@b.c d@e.f` | mail: expected comma
            `A <a@b.c` | mail: unclosed angle-addr
            `"a` | mail: unclosed quoted-string
            a@ | mail: no atom in address domain
            """)
    void refusesWhatIsNoAddress(String text, String message) {
        assertThatThrownBy(() -> MailAddresses.parse(text)).hasMessage(message);
    }

    @Test
    void refusesLineBreaksInAddresses() {
        assertThatThrownBy(() -> MailAddresses.parse("a@b.c\r\nRCPT TO:<x@y.z>"))
                .hasMessage("mail: expected comma");
    }
}
