package dev.tocsin.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
    private final PemResources pem = new PemResources();

    @ParameterizedTest
    @CsvSource({
        "server.crt, server.key, EC",
        "server.crt, server.sec1.key, EC",
        "client.crt, client.sec1.key, EC",
        "rsa.crt, rsa.key, RSA",
        "rsa.crt, rsa.pkcs1.key, RSA",
        "ed25519.crt, ed25519.key, EdDSA"
    })
    void readsEveryFormOfPrivateKeyThatOpensslWrites(String certificate, String key, String algorithm)
            throws TlsException {
        TlsIdentity identity = identity(pem.text(certificate), pem.text(key));

        assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(identity.chain()).hasSize(1);
        assertThat(SslContexts.of(identity, SslContexts.trustEverybody())).isNotNull();
    }

    @Test
    void keepsTheWholeChainAndReadsKeyAndCertificateFromOneText() throws TlsException {
        String all = pem.text("server.crt") + "subject=text between blocks\n" + pem.text("authority.crt")
                + pem.text("server.key");

        assertThat(identity(all, all).chain()).hasSize(2);
    }

    @Test
    void readsTextWithCarriageReturnsAndIndentedLines() throws TlsException {
        String windows = pem.text("server.crt").replace("\n", "\r\n");
        String indented = pem.text("server.key").replace("\n", "\n  ");

        assertThat(identity(windows, indented).chain()).hasSize(1);
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        assertThatThrownBy(() -> identity(pem.text("server.crt"), pem.text("client.key")))
                .isInstanceOf(TlsException.class)
                .hasMessage("the private key in key.pem does not belong to the certificate in cert.pem");
        assertThatThrownBy(() -> identity(pem.text("server.crt"), pem.text("rsa.key")))
                .isInstanceOf(TlsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted.key", "encrypted.sec1.key"})
    void saysThatAnEncryptedKeyIsNotSupported(String key) {
        assertThatThrownBy(() -> identity(pem.text("server.crt"), pem.text(key)))
                .isInstanceOf(TlsException.class)
                .hasMessage("the private key in key.pem is encrypted, which is not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no certificate found in cert.pem",
                "hello|no certificate found in cert.pem",
                "-----BEGIN CERTIFICATE-----|PEM: the block CERTIFICATE has no END line",
                "-----BEGIN CERTIFICATE|PEM: a BEGIN line has no end",
                "-----BEGIN CERTIFICATE-----!-----END CERTIFICATE-----|PEM: the block CERTIFICATE is not base64",
                "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----|certificate 1 in cert.pem is broken"
            })
    void namesWhatIsWrongWithACertificate(String text, String message) {
        assertThatThrownBy(() -> identity(text, pem.text("server.key")))
                .isInstanceOf(TlsException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no private key found in key.pem",
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----|the private key in key.pem is broken",
                "-----BEGIN PRIVATE KEY-----MAkCAQAwBAYCKgM=-----END PRIVATE KEY-----|the private key in key.pem is of an unknown kind",
                "-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----|the private key in key.pem is broken",
                "-----BEGIN EC PRIVATE KEY-----MIQAAAAA-----END EC PRIVATE KEY-----|the private key in key.pem is broken",
                "-----BEGIN EC PRIVATE KEY-----MAMCAQE=-----END EC PRIVATE KEY-----|the EC private key in key.pem does not name its curve"
            })
    void namesWhatIsWrongWithAKey(String text, String message) {
        assertThatThrownBy(() -> identity(pem.text("server.crt"), text))
                .isInstanceOf(TlsException.class)
                .hasMessage(message);
    }

    private static TlsIdentity identity(String certificates, String key) throws TlsException {
        return TlsIdentity.parse(certificates, "cert.pem", key, "key.pem");
    }
}
