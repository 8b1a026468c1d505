package dev.tocsin.notifiers.payload;

import dev.tocsin.core.notify.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By what receivers tie the notifications of one group together (notifiers contract section 0.3). Stateless. */
public final class KeyHash {
    private KeyHash() {}

    /** The SHA-256 of the group key's text in 64 hexadecimal digits, lower case. */
    public static String of(Notification notification) {
        try {
            byte[] key = notification.groupKey().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
