package dev.tocsin.core.tls;

import dev.tocsin.core.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where PEM text comes from: the configuration itself, or a file that is read again each time. */
public sealed interface PemSource {
    /** Longest file read, in bytes: the bundles of public authorities take a quarter of a megabyte. */
    int MAX_BYTES = 4 << 20;

    /**
     * The text as it is now.
     *
     * @throws TlsException if the file cannot be read or is longer than {@link #MAX_BYTES}
     */
    String read() throws TlsException;

    /** How messages call the source. */
    String name();

    /** Text written in the configuration. */
    record Inline(Secret text) implements PemSource {
        @Override
        public String read() {
            return text.reveal();
        }

        @Override
        public String name() {
            return "the inline text";
        }
    }

    /** A file. */
    record File(Path path) implements PemSource {
        @Override
        public String read() throws TlsException {
            try {
                if (Files.size(path) > MAX_BYTES) {
                    throw new TlsException(path + " is longer than " + MAX_BYTES + " bytes");
                }
                return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
            } catch (NoSuchFileException e) {
                throw new TlsException("unable to read file " + path + ": no such file", e);
            } catch (IOException e) {
                throw new TlsException("unable to read file " + path + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String name() {
            return path.toString();
        }
    }
}
