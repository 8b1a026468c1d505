package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.JournalEvent;
import dev.tocsin.core.wire.WireBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is being written. What its last block holds is in memory as well, so that nobody has to wait for the
 * disk to read it. One thread writes; readers take a {@link View} under the journal's lock, under which {@link #add} and
 * {@link #seal} must be called, too.
 */
final class OpenSegment {
    private final Path file;
    private final boolean start;
    private final Instant began;
    private final long first;
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable FileChannel channel;
    private Block.Builder open;
    private byte[] buffer = new byte[Block.BYTES + Block.BYTES / 4];
    private int filled;
    private int written;
    /** Where the open block begins in the file. */
    private long position = Segment.HEADER;

    private Instant last;

    /** Nothing is on the disk before {@link #write}. */
    OpenSegment(Path folder, long first, boolean start, Instant now) {
        this.file = Segment.file(folder, first);
        this.first = first;
        this.start = start;
        this.began = now;
        this.last = now;
        this.open = new Block.Builder(first, position);
    }

    /** What a reader sees: the sealed blocks, which are on the disk, and the bytes of the open one. */
    record View(Segment segment, @Nullable Block open, ByteBuffer content) {}

    Path file() {
        return file;
    }

    Instant began() {
        return began;
    }

    long first() {
        return first;
    }

    long next() {
        return open.first() + open.count();
    }

    /** Bytes in the file, or about to be. */
    long bytes() {
        return position + filled;
    }

    boolean isFull() {
        return filled >= Block.BYTES;
    }

    boolean isEmpty() {
        return next() == first;
    }

    /** How many events only the memory holds. */
    int unwritten() {
        return written < filled ? open.count() : 0;
    }

    /** Copies a frame. */
    void add(WireBuffer frame, JournalEvent event, Instant at) {
        int length = frame.length();
        if (filled + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + length));
        }
        System.arraycopy(frame.array(), frame.start(), buffer, filled, length);
        filled += length;
        open.add(event, at.getEpochSecond(), length);
        last = at;
    }

    /** Writes what only the memory holds; blocks. A failure leaves it to the next call. */
    void write() throws IOException {
        FileChannel out = channel;
        if (out == null) {
            out = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            channel = out;
            write(out, ByteBuffer.wrap(Segment.header(first, start)), 0);
        }
        write(out, ByteBuffer.wrap(buffer, written, filled - written), position + written);
        written = filled;
    }

    private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += out.write(bytes, to);
        }
    }

    /** Ends the open block, all of which is written. */
    void seal() {
        if (open.count() > 0) {
            Block block = open.build();
            blocks.add(block);
            position += filled;
            filled = 0;
            written = 0;
            if (buffer.length > 4 * Block.BYTES) {
                buffer = new byte[Block.BYTES + Block.BYTES / 4];
            }
            open = new Block.Builder(block.next(), position);
        }
    }

    View view() {
        Segment sealed = new Segment(file, first, next(), start, false, last, bytes(), blocks);
        return filled == 0
                ? new View(sealed, null, ByteBuffer.allocate(0))
                : new View(sealed, open.build(), ByteBuffer.wrap(Arrays.copyOf(buffer, filled)));
    }

    /** What is on the disk, as a finished segment. */
    Segment finished() {
        long end = blocks.isEmpty() ? first : blocks.getLast().next();
        return new Segment(file, first, end, start, false, last, position, blocks);
    }

    /** Waits until the disk has what was written; blocks. */
    void force() throws IOException {
        if (channel != null) {
            channel.force(false);
        }
    }

    /** Closes the file; blocks. */
    void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
