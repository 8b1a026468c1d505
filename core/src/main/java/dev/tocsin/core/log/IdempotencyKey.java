package dev.tocsin.core.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a notification by its content, so that every attempt and every node gives the same notification the same name. */
final class IdempotencyKey {
    private static final int BYTES = 16;

    private IdempotencyKey() {}

    /** The first 128 bits of the SHA-256 over all arguments, in lower-case hexadecimal digits. */
    static String of(LogKey key, long sequence, AlertHashes firing, AlertHashes resolved) {
        MessageDigest digest = sha256();
        text(digest, key.groupKey());
        text(digest, key.receiver());
        text(digest, key.integration());
        number(digest, key.index());
        number(digest, sequence);
        hashes(digest, firing);
        hashes(digest, resolved);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(digest, bytes.length);
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    private static void hashes(MessageDigest digest, AlertHashes hashes) {
        number(digest, hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            number(digest, hashes.get(i));
        }
    }
}
