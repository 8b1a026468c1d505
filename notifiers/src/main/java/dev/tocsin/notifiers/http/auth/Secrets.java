package dev.tocsin.notifiers.http.auth;

import dev.tocsin.core.config.Secret;
import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.message.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads secrets when they are needed, so that a rotated file counts from the next request on. Stateless. */
public final class Secrets {
    private static final int MAX_BYTES = 64 << 10;

    private Secrets() {}

    /**
     * The address of a receiver, from its file if it has one.
     *
     * @throws IOException if the file cannot be read; the message names path and reason as Go does
     * @throws InvalidValueException if it holds no address; the message does not show it
     */
    public static Url url(SecretSource source) throws IOException, InvalidValueException {
        String text = source.inline().isEmpty()
                ? file(source.file())
                : source.inline().reveal();
        // A printed configuration hides the address; nothing can be sent to it.
        return Url.parse(text.equals(Secret.MASK) ? "" : text);
    }

    /**
     * The secret, white space around the text of a file cut.
     *
     * @param what how messages call it, such as {@code basic auth password}
     * @throws IOException if the file cannot be read; the message is complete
     */
    public static String read(SecretSource source, String what) throws IOException {
        return source.file().isEmpty() ? source.inline().reveal() : file(source.file(), what);
    }

    /** As {@link #read(SecretSource, String)}; the message names path and reason as Go does. */
    public static String read(SecretSource source) throws IOException {
        return source.file().isEmpty() ? source.inline().reveal() : file(source.file());
    }

    /** The text of a file, white space around it cut; as {@link #read}. */
    public static String file(String path, String what) throws IOException {
        try {
            return file(path);
        } catch (IOException e) {
            throw TransportException.broken(
                    "unable to read " + what + ": unable to read file " + path + ": " + e.getMessage());
        }
    }

    /**
     * The text of a file, white space around it cut.
     *
     * @param path as it is written; relative ones start at the working folder
     * @throws IOException if the file cannot be read; the message names path and reason as Go does
     */
    public static String file(String path) throws IOException {
        return whole(path).strip();
    }

    /** As {@link #file(String)}, with the white space around it. */
    public static String whole(String path) throws IOException {
        String reason;
        try {
            Path file = Path.of(path);
            if (Files.size(file) <= MAX_BYTES) {
                return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            }
            reason = "longer than " + MAX_BYTES + " bytes";
        } catch (NoSuchFileException e) {
            reason = "no such file or directory";
        } catch (AccessDeniedException e) {
            reason = "permission denied";
        } catch (IOException | InvalidPathException e) {
            reason = String.valueOf(e.getMessage());
        }
        throw TransportException.broken("open " + path + ": " + reason);
    }
}
