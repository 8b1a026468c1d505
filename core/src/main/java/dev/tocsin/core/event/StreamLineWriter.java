package dev.tocsin.core.event;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes to a stream that belongs to somebody else, such as the standard output. */
final class StreamLineWriter implements LineWriter {
    private final String name;
    private final OutputStream stream;

    StreamLineWriter(String name, OutputStream stream) {
        this.name = name;
        this.stream = stream;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(EventLine line) throws IOException {
        byte[] bytes = Arrays.copyOf(line.json(), line.json().length + 1);
        bytes[bytes.length - 1] = '\n';
        stream.write(bytes); // at once, so that lines of others cannot come between
        stream.flush();
    }

    @Override
    public void close() {}
}
