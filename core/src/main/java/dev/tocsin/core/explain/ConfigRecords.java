package dev.tocsin.core.explain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The file of past configurations: a version, a count, and for each its time, its hash and its compressed text. */
final class ConfigRecords {
    private static final int VERSION = 1;
    private static final int MAX_TEXT = 16 << 20;

    private ConfigRecords() {}

    /**
     * A configuration that was in force.
     *
     * @param text compressed; empty if it is not written yet
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes below, and changed by nobody
    record Kept(Instant since, String hash, byte[] text) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kept kept
                    && since.equals(kept.since)
                    && hash.equals(kept.hash)
                    && Arrays.equals(text, kept.text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(since, hash);
        }
    }

    static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static String text(Kept kept) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(kept.text))) {
            return new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
        }
    }

    static byte[] written(List<Kept> all) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeInt(all.size());
            for (Kept one : all) {
                out.writeLong(one.since.getEpochSecond());
                out.writeInt(one.since.getNano());
                out.writeUTF(one.hash);
                out.writeInt(one.text.length);
                out.write(one.text);
            }
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if this is not such a file, or one of a later version */
    static List<Kept> read(byte[] content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("its version is " + version + ", this program reads " + VERSION);
            }
            List<Kept> all = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                Instant since = Instant.ofEpochSecond(in.readLong(), in.readInt());
                String hash = in.readUTF();
                byte[] text = in.readNBytes(in.readInt());
                all.add(new Kept(since, hash, text));
            }
            return List.copyOf(all);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
    }
}
