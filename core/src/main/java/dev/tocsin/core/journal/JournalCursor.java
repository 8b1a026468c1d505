package dev.tocsin.core.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A place in the journals of several nodes: one number for each. It means the same on every node, so that a reader can go
 * on elsewhere when the node it read from dies. Immutable.
 *
 * @param offsets by node name, sorted; unmodifiable
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

    /** The place in {@code node}'s journal, if it names one. */
    public OptionalLong at(String node) {
        Long offset = offsets.get(node);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** The same with another place for one node. */
    public JournalCursor with(String node, long offset) {
        SortedMap<String, Long> changed = new TreeMap<>(offsets);
        changed.put(node, offset);
        return new JournalCursor(changed);
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
                if (offset < 0 || offsets.put(node, offset) != null || offsets.size() > MAX_NODES) {
                    throw new IllegalArgumentException("not a cursor");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cursor of this hub: take one from an earlier answer", e);
        }
        return new JournalCursor(offsets);
    }
}
