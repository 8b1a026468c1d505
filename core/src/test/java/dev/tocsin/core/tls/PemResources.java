package dev.tocsin.core.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The test certificates: {@code authority} issued {@code server}, {@code client}, {@code other} and {@code expired}. */
public final class PemResources {
    /** The PEM text of a file in the folder {@code tls}, such as {@code server.crt}. */
    public String text(String file) {
        try (InputStream in = PemResources.class.getResourceAsStream("/tls/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no test file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
