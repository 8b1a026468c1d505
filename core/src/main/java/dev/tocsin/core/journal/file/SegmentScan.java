package dev.tocsin.core.journal.file;

import dev.tocsin.core.journal.JournalEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a segment from the front and finds its blocks, up to its end or to the first frame that is not whole. */
final class SegmentScan {
    /** More than this a writer that dies does not leave half-written. */
    static final long TORN_BYTES = 1 << 20;

    private static final int CHUNK = 1 << 20;

    private final FileChannel channel;
    private final long size;
    private final List<Block> blocks = new ArrayList<>();
    private Block.Builder open;
    private long position = Segment.HEADER;
    private Instant last = Instant.EPOCH;

    SegmentScan(FileChannel channel, long first, long size) {
        this.channel = channel;
        this.size = size;
        this.open = new Block.Builder(first, position);
    }

    void run() throws IOException {
        boolean whole = true;
        while (whole && position < size) {
            ByteBuffer chunk = Segment.read(channel, position, (int) Math.min(CHUNK, size - position));
            int read = scan(chunk);
            if (read == 0 && position + chunk.capacity() < size && chunk.capacity() >= Frame.HEADER) {
                // a frame larger than a chunk
                int needed = (int) Math.min(size - position, Frame.HEADER + (long) Math.max(0, chunk.getInt(0)));
                if (needed > Frame.HEADER + Frame.MAX_EVENT) {
                    break;
                }
                read = scan(Segment.read(channel, position, needed));
            }
            whole = read > 0;
        }
        seal();
    }

    /** @return how many bytes of whole frames the chunk begins with */
    private int scan(ByteBuffer chunk) {
        int at = 0;
        while (true) {
            int length = Frame.length(chunk, at, chunk.limit());
            if (length < 0 || !Frame.isWhole(chunk, at, length)) {
                return at;
            }
            add(chunk, at, length);
            at += length;
            position += length;
            if (open.length() >= Block.BYTES) {
                seal();
            }
        }
    }

    private void add(ByteBuffer chunk, int at, int length) {
        long seconds = Frame.seconds(chunk, at);
        last = Frame.at(chunk, at);
        @Nullable JournalEvent event;
        try {
            event = Frame.event(chunk, at, length);
        } catch (IOException e) {
            event = null;
        }
        if (event == null) {
            open.addUnknown(Frame.type(chunk, at) & 127, seconds, length);
        } else {
            open.add(event, seconds, length);
        }
    }

    private void seal() {
        if (open.count() > 0) {
            Block block = open.build();
            blocks.add(block);
            open = new Block.Builder(block.next(), position);
        }
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** The time of the last event. */
    Instant last() {
        return last;
    }

    /** How many bytes stand behind the last whole frame. */
    long leftBytes() {
        return size - position;
    }
}
