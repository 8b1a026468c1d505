package dev.tocsin.core.journal.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A finished segment: a file of events whose numbers have no holes, and its blocks. Beside it stands its index, so that a
 * start need not read it; if that is missing or damaged, it is made again. Immutable.
 *
 * @param first the number of the first event
 * @param next the number behind the last one that can be read
 * @param start whether nothing was ever kept before it
 * @param damaged whether something behind {@code next} cannot be read
 * @param last the time of its last event, or of the file if none can be read
 * @param bytes of the file and its index
 */
record Segment(
        Path file,
        long first,
        long next,
        boolean start,
        boolean damaged,
        Instant last,
        long bytes,
        List<Block> blocks) {
    static final String SUFFIX = ".journal";
    private static final String INDEX = ".index";
    private static final long MAGIC = 0x544f4353494e4a31L; // TOCSINJ1
    private static final long INDEX_MAGIC = 0x544f4353494e5831L; // TOCSINX1

    /** Bytes in front of the first event: magic (8), first number (8), whether nothing was before (4), CRC-32C (4). */
    static final int HEADER = 24;

    /** Copies the list. */
    Segment {
        blocks = List.copyOf(blocks);
    }

    static Path file(Path folder, long first) {
        return folder.resolve(name(first));
    }

    private static String name(long first) {
        return String.format(Locale.ROOT, "%019d%s", first, SUFFIX);
    }

    static byte[] header(long first, boolean start) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putLong(first).putInt(start ? 1 : 0);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, HEADER - Integer.BYTES);
        return header.putInt((int) crc.getValue()).array();
    }

    /** Whether the segment was finished by who wrote it; blocks. */
    static boolean isFinished(Path file) {
        return Files.exists(index(file));
    }

    /**
     * Reads what is known of a segment, from its index if it is there, else from itself; blocks.
     *
     * @param tornEnd whether the writer may have died over it, so that its end is expected to be broken
     * @throws IOException if it cannot be read, or is none
     */
    static Segment read(Path file, boolean tornEnd) throws IOException {
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, HEADER);
            long first = header.getLong(8);
            if (header.getLong(0) != MAGIC
                    || !header.rewind().equals(ByteBuffer.wrap(header(first, header.getInt(16) == 1)))
                    || !file.equals(file.resolveSibling(name(first)))) {
                throw new IOException("it does not begin like a segment of the journal");
            }
            boolean start = header.getInt(16) == 1;
            List<Block> blocks = readIndex(file, size);
            if (blocks != null) {
                return of(file, first, start, false, size, blocks, lastOf(blocks, file));
            }
            SegmentScan scan = new SegmentScan(channel, first, size);
            scan.run();
            boolean damaged = scan.leftBytes() > (tornEnd ? SegmentScan.TORN_BYTES : 0);
            Segment segment = of(
                    file,
                    first,
                    start,
                    damaged,
                    size,
                    scan.blocks(),
                    scan.blocks().isEmpty() ? time(file) : scan.last());
            if (!damaged) {
                segment.writeIndex();
            }
            return segment;
        }
    }

    private static Segment of(
            Path file, long first, boolean start, boolean damaged, long size, List<Block> blocks, Instant last) {
        long next = blocks.isEmpty() ? first : blocks.getLast().next();
        return new Segment(file, first, next, start, damaged, last, size, blocks);
    }

    private static Instant lastOf(List<Block> blocks, Path file) throws IOException {
        return blocks.isEmpty()
                ? time(file)
                : Instant.ofEpochSecond(blocks.getLast().maxSeconds());
    }

    private static Instant time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** A segment of which nothing can be read. It stands for what it held until it is old. */
    static Segment unreadable(Path file) throws IOException {
        String name = file.getFileName().toString();
        long first = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        return of(file, first, false, true, Files.size(file), List.of(), time(file));
    }

    private static Path index(Path file) {
        return file.resolveSibling(file.getFileName() + INDEX);
    }

    /** Writes the index beside the file, which makes the segment finished; blocks. */
    void writeIndex() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(blocks.size() * 1100 + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(INDEX_MAGIC);
            out.writeInt(blocks.size());
            for (Block block : blocks) {
                block.write(out);
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes.toByteArray());
            out.writeLong(crc.getValue());
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (BufferedOutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            bytes.writeTo(out);
        }
        Files.move(temporary, index(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static @Nullable List<Block> readIndex(Path file, long size) {
        CheckedInputStream checked;
        try (CheckedInputStream opened = new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(index(file)), 1 << 16), new CRC32C())) {
            checked = opened;
            DataInputStream in = new DataInputStream(checked);
            if (in.readLong() != INDEX_MAGIC) {
                return null;
            }
            int count = in.readInt();
            List<Block> blocks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Block block = Block.read(in);
                if (block.position() + block.length() > size) {
                    return null;
                }
                blocks.add(block);
            }
            long expected = checked.getChecksum().getValue();
            return in.readLong() == expected ? blocks : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Removes the segment; blocks. */
    void delete() throws IOException {
        Files.deleteIfExists(index(file));
        Files.deleteIfExists(file);
    }

    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
        return bytes.flip();
    }
}
