package dev.tocsin.core.log;

import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which snapshots this node wrote itself: one of those tells it nothing new, whatever its times look like when a clock was
 * set since. Remembered are the latest one and the one before, of which either may be in place after a crash. Blocks.
 */
final class OwnSnapshots {
    /** The file's name in the storage folder. */
    static final String FILE = "nflog.own";

    private static final int DIGEST = 32;

    private final Storage storage;

    OwnSnapshots(Storage storage) {
        this.storage = storage;
    }

    /** Whether this node wrote it. */
    boolean wrote(byte[] snapshot) throws IOException {
        byte[] known = known();
        byte[] digest = digest(snapshot);
        for (int at = 0; at + DIGEST <= known.length; at += DIGEST) {
            if (Arrays.equals(known, at, at + DIGEST, digest, 0, DIGEST)) {
                return true;
            }
        }
        return false;
    }

    /** To be called before a snapshot is put in place. */
    void aboutToWrite(byte[] snapshot) throws IOException {
        byte[] known = known();
        byte[] next = Arrays.copyOf(digest(snapshot), known.length < DIGEST ? DIGEST : 2 * DIGEST);
        System.arraycopy(known, 0, next, DIGEST, next.length - DIGEST);
        storage.writeFile(FILE, next);
    }

    private byte[] known() throws IOException {
        byte[] file = storage.readFile(FILE);
        return file == null ? new byte[0] : file;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
