package dev.tocsin.core.group;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A group's name for everybody outside.
 *
 * @param text route key, colon, group labels (contract section 5.1)
 */
public record GroupKey(String text) {
    /** The SHA-256 of the text in lower-case hexadecimal digits, which some receivers get instead of the text. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
