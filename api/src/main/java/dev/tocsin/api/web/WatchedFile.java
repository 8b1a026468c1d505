package dev.tocsin.api.web;

import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small file that is read again when it changed. Whether it did is told by its time, size and identity; a file that was
 * written a moment ago is read in any case, because file systems count time in ticks. Not for several threads.
 */
final class WatchedFile {
    private static final int MAX_BYTES = 4 << 20;
    private static final Duration TICK = Duration.ofSeconds(3);

    private final Path path;
    private final Clock clock;
    private @Nullable Stamp stamp;
    private byte @Nullable [] content;

    private record Stamp(
            Instant modified, long size, @Nullable Object identity) {}

    WatchedFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * The content, if it is not what the last call of this method saw; else null. Reads files.
     *
     * @throws WebConfigException if it cannot be read, at each call until it can
     */
    byte @Nullable [] changed() throws WebConfigException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            Instant modified = now.lastModifiedTime().toInstant();
            Stamp seen = new Stamp(modified, now.size(), now.fileKey());
            boolean settled = modified.plus(TICK).isBefore(clock.now());
            if (settled && Objects.equals(seen, stamp)) {
                return null;
            }
            if (now.size() > MAX_BYTES) {
                throw new WebConfigException("read " + path + ": larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            byte[] read = Files.readAllBytes(path);
            stamp = seen;
            if (Arrays.equals(read, content)) {
                return null;
            }
            content = read;
            return read;
        } catch (NoSuchFileException e) {
            throw unread("open " + path + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw unread("open " + path + ": permission denied", e);
        } catch (IOException e) {
            throw unread("read " + path + ": " + (Files.isDirectory(path) ? "is a directory" : e.getMessage()), e);
        }
    }

    /** Makes the next call see a change, whatever the file says. */
    void forget() {
        stamp = null;
        content = null;
    }

    private WebConfigException unread(String message, IOException cause) {
        forget();
        return new WebConfigException(message, cause);
    }
}
