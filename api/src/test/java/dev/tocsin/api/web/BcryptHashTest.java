package dev.tocsin.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.core.yaml.InvalidValueException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BcryptHashTest {
    /** What the inventors of bcrypt and Openwall's crypt_blowfish publish. */
    @ParameterizedTest
    @CsvSource({
        "U*U,     $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U*,    $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*U,   $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
        "'',      $2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored, $2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "U*U,     $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U,     $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U,     $2$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
    })
    void publishedHashesAreOfTheirPasswordsAndOfNoOthers(String password, String text) throws InvalidValueException {
        BcryptHash hash = BcryptHash.parse(text);
        assertThat(hash.isOf(password.getBytes(StandardCharsets.ISO_8859_1))).isTrue();
        assertThat(hash.isOf(("x" + password).getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @Test
    void aDecoyIsOfNoPassword() {
        assertThat(BcryptHash.decoy(4).isOf(new byte[0])).isFalse();
        assertThat(BcryptHash.decoy(4).cost()).isEqualTo(4);
    }

    @Test
    void aHashIsNotShown() throws InvalidValueException {
        BcryptHash hash = BcryptHash.parse("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        assertThat(hash.toString()).isEqualTo("<secret>");
    }
}
