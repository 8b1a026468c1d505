package dev.tocsin.notifiers.http;

import dev.tocsin.core.config.SecretSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads secrets when they are needed, so that a rotated file counts from the next request on. Stateless. */
public final class Secrets {
    private static final int MAX_BYTES = 64 << 10;

    private Secrets() {}

    /**
     * The secret, white space around the text of a file cut.
     *
     * @param what how messages call it, such as {@code basic auth password}
     * @throws IOException if the file cannot be read; the message is complete
     */
    public static String read(SecretSource source, String what) throws IOException {
        return source.file().isEmpty() ? source.inline().reveal() : file(source.file(), what);
    }

    /** The text of a file, white space around it cut; as {@link #read}. */
    public static String file(String path, String what) throws IOException {
        try {
            Path file = Path.of(path);
            if (Files.size(file) > MAX_BYTES) {
                throw failure(path, what, "longer than " + MAX_BYTES + " bytes");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        } catch (TransportException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw failure(path, what, "no such file or directory");
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw failure(path, what, String.valueOf(e.getMessage()));
        }
    }

    private static TransportException failure(String path, String what, String reason) {
        return TransportException.broken("unable to read " + what + ": open " + path + ": " + reason);
    }
}
