package dev.tocsin.core.journal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The bytes of a segment's blocks. The file is opened when the first one is asked for. Blocks; used by one thread. */
final class SegmentContent implements AutoCloseable {
    private final Segment segment;
    private @Nullable FileChannel channel;

    SegmentContent(Segment segment) {
        this.segment = segment;
    }

    /**
     * A block's bytes.
     *
     * @throws IOException if they cannot be read, as when the segment has been removed meanwhile
     */
    ByteBuffer of(Block block) throws IOException {
        FileChannel opened = channel;
        if (opened == null) {
            try {
                opened = FileChannel.open(segment.file(), StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                throw new IOException("the segment has been removed", e);
            }
            channel = opened;
        }
        return Segment.read(opened, block.position(), block.length());
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
