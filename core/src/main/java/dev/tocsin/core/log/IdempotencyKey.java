package dev.tocsin.core.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a notification by its content, so that every attempt and every node gives the same notification the same name. */
final class IdempotencyKey {
    private static final int BYTES = 16;

    /** Never fed, only copied: to look the algorithm up takes longer than to hash. */
    private static final MessageDigest UNUSED = sha256();

    private IdempotencyKey() {}

    /** The first 128 bits of the SHA-256 over all arguments, in lower-case hexadecimal digits. */
    static String of(LogKey key, long sequence, AlertHashes firing, AlertHashes resolved) {
        byte[] group = key.groupKey().getBytes(StandardCharsets.UTF_8);
        byte[] receiver = key.receiver().getBytes(StandardCharsets.UTF_8);
        byte[] integration = key.integration().getBytes(StandardCharsets.UTF_8);
        int texts = group.length + receiver.length + integration.length;
        int numbers = 7 + firing.size() + resolved.size();
        ByteBuffer all = ByteBuffer.allocate(texts + numbers * Long.BYTES);
        text(all, group);
        text(all, receiver);
        text(all, integration);
        all.putLong(key.index()).putLong(sequence);
        hashes(all, firing);
        hashes(all, resolved);
        return HexFormat.of().formatHex(fresh().digest(all.array()), 0, BYTES);
    }

    private static MessageDigest fresh() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void text(ByteBuffer all, byte[] text) {
        all.putLong(text.length).put(text);
    }

    private static void hashes(ByteBuffer all, AlertHashes hashes) {
        all.putLong(hashes.size());
        for (int i = 0; i < hashes.size(); i++) {
            all.putLong(hashes.get(i));
        }
    }
}
