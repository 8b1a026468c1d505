package dev.tocsin.core.config.decode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The number by which dashboards see that nodes run the same configuration (contract section 2.11). */
final class ConfigHash {
    private static final int BYTES = 6;

    private ConfigHash() {}

    /** The first six bytes of the MD5 of the text, the first one the lowest: how the metric is defined, nothing secret. */
    static long of(byte[] text) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("MD5").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
        long hash = 0;
        for (int i = BYTES - 1; i >= 0; i--) {
            hash = hash << 8 | (digest[i] & 0xff);
        }
        return hash;
    }
}
