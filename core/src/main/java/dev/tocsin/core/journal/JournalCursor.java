package dev.tocsin.core.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in the journals of several nodes: one number for each, or a time for a node whose numbers were not known. It means the same on every node, so that a reader can go
 * on elsewhere when the node it read from dies. Immutable.
 *
 * @param offsets by node name, sorted; unmodifiable. A negative one is no number of an event but a time: so many
 *     milliseconds after the epoch, negated
 */
public record JournalCursor(SortedMap<String, Long> offsets) {
    /** Names no node: queries begin at the newest event, reads at the oldest that is kept. */
    public static final JournalCursor NONE = new JournalCursor(new TreeMap<>());

    /** The most nodes of a cursor that comes from outside. */
    static final int MAX_NODES = 1024;

    private static final int MAX_TEXT = 1 << 16;

    /** Copies the map. */
    public JournalCursor {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** A place in one node's journal. */
    public static JournalCursor of(String node, long offset) {
        return new JournalCursor(new TreeMap<>(Map.of(node, offset)));
    }

    /** The number in {@code node}'s journal, if it names one. */
    public OptionalLong at(String node) {
        Long offset = offsets.get(node);
        return offset == null || offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The same with another place for one node. */
    public JournalCursor with(String node, long offset) {
        SortedMap<String, Long> changed = new TreeMap<>(offsets);
        changed.put(node, offset);
        return new JournalCursor(changed);
    }

    /** The same, but for one node of which nothing was heard: what happens there from {@code time} on. */
    public JournalCursor with(String node, Instant time) {
        return with(node, -Math.max(1, time.toEpochMilli()));
    }

    /** From when on events of a node are read, if its numbers were not known; else null. */
    public @Nullable Instant since(String node) {
        Long offset = offsets.get(node);
        return offset == null || offset >= 0 ? null : Instant.ofEpochMilli(-offset);
    }

    /** The text that {@link #parse} understands: letters, digits, {@code -} and {@code _}; empty if it names no node. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, Long> one : offsets.entrySet()) {
                out.writeUTF(one.getKey());
                out.writeLong(one.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is anything else; the message is fit for clients
     */
    public static JournalCursor parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("the cursor is longer than " + MAX_TEXT + " characters");
        }
        SortedMap<String, Long> offsets = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            while (in.available() > 0) {
                String node = in.readUTF();
                long offset = in.readLong();
                if (offset == Long.MIN_VALUE || offsets.put(node, offset) != null || offsets.size() > MAX_NODES) {
                    throw new IllegalArgumentException("not a cursor");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cursor of this hub: take one from an earlier answer", e);
        }
        return new JournalCursor(offsets);
    }
}
