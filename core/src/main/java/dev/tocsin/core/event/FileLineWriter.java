package dev.tocsin.core.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a file. Whoever rotates the file renames or removes it: before each event the writer looks whether the path
 * still leads to the file that it holds, and opens the path again if not.
 */
final class FileLineWriter implements LineWriter {
    private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Path path;
    private final FileAttribute<?>[] attributes;
    private @Nullable FileChannel channel;
    private @Nullable Object fileKey;
    private boolean torn;

    /** @throws IOException if the file cannot be opened or created */
    FileLineWriter(Path path) throws IOException {
        this.path = path;
        this.attributes = path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
                }
                : new FileAttribute<?>[0];
        open();
    }

    @Override
    public String name() {
        return "file:" + path;
    }

    private FileChannel open() throws IOException {
        FileChannel opened = FileChannel.open(path, APPEND, attributes);
        channel = opened;
        fileKey = key();
        torn = endsWithinALine();
        return opened;
    }

    /** Whether somebody's last line was cut off, as by a crash. */
    private boolean endsWithinALine() throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reader.size() > 0 && reader.read(last, reader.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** Names the file at the path; null if there is none. */
    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void write(EventLine line) throws IOException {
        FileChannel current = channel;
        if (current == null || fileKey == null || !Objects.equals(key(), fileKey)) {
            close();
            current = open();
        }
        ByteBuffer bytes = ByteBuffer.allocate(line.json().length + 2);
        if (torn) {
            bytes.put((byte) '\n'); // ends the piece that a crash or a full disk left behind
        }
        bytes.put(line.json()).put((byte) '\n').flip();
        torn = true;
        while (bytes.hasRemaining()) {
            current.write(bytes);
        }
        torn = false;
    }

    @Override
    public void close() throws IOException {
        FileChannel current = channel;
        channel = null;
        if (current != null) {
            current.close();
        }
    }
}
