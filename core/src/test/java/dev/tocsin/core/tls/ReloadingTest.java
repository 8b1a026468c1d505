package dev.tocsin.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.core.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {
    @TempDir
    Path folder;

    private final PemResources pem = new PemResources();
    private Path certificate = Path.of("cert.pem");
    private Path key = Path.of("key.pem");
    private Reloading<TlsIdentity> identity = new Reloading<>(List.of(), texts -> {
        throw new TlsException("not set up");
    });

    @BeforeEach
    void writeFiles() throws IOException {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        write("server");
        identity = new Reloading<>(
                List.of(new PemSource.File(certificate), new PemSource.File(key)),
                texts -> TlsIdentity.parse(texts.getFirst(), "cert.pem", texts.getLast(), "key.pem"));
    }

    @Test
    void givesTheSameObjectAsLongAsNothingChanges() throws TlsException, IOException {
        TlsIdentity first = identity.current();
        write("server");

        assertThat(identity.current()).isSameAs(first);
    }

    @Test
    void makesItAnewWhenAFileChanges() throws TlsException, IOException {
        TlsIdentity first = identity.current();
        write("client");

        assertThat(identity.current()).isNotEqualTo(first);
    }

    @Test
    void keepsTheLastGoodOneInTheMiddleOfARotation() throws TlsException, IOException {
        TlsIdentity first = identity.current();
        Files.writeString(certificate, pem.text("client.crt"));
        assertThat(identity.current()).isSameAs(first);

        Files.delete(key);
        assertThat(identity.current()).isSameAs(first);

        Files.writeString(key, pem.text("client.key"));
        assertThat(identity.current()).isNotSameAs(first);
    }

    @Test
    void failsWhileItNeverWorked() throws IOException {
        Files.delete(key);

        assertThatThrownBy(() -> identity.current())
                .isInstanceOf(TlsException.class)
                .hasMessage("unable to read file " + key + ": no such file");
    }

    @Test
    void refusesAFileThatIsTooLong() throws IOException {
        Files.write(key, new byte[PemSource.MAX_BYTES + 1]);

        assertThatThrownBy(() -> identity.current())
                .isInstanceOf(TlsException.class)
                .hasMessage(key + " is longer than 4194304 bytes");
    }

    @Test
    void inlineTextNeedsNoFile() throws TlsException {
        PemSource.Inline source = new PemSource.Inline(new Secret("text"));

        assertThat(source.read()).isEqualTo("text");
        assertThat(source.toString()).doesNotContain("text=text");
    }

    private void write(String name) throws IOException {
        Files.writeString(certificate, pem.text(name + ".crt"));
        Files.writeString(key, pem.text(name + ".key"));
    }
}
