package dev.tocsin.core.store;

import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts, and shows the last record of, what goes to the logs of another storage. */
final class CountingStorage implements Storage {
    private final Storage storage;
    int appends;
    byte[] last = {};
    int rewrites;

    CountingStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public RecordLog openLog(String name, Consumer<byte[]> reader) throws IOException {
        RecordLog log = storage.openLog(name, reader);
        return new RecordLog() {
            @Override
            public void append(byte[] record, Durability durability, Consumer<@Nullable IOException> done) {
                appends++;
                last = record;
                log.append(record, durability, done);
            }

            @Override
            public long sizeBytes() {
                return log.sizeBytes();
            }

            @Override
            public void rewrite(Iterable<byte[]> records, Consumer<@Nullable IOException> done) {
                rewrites++;
                log.rewrite(records, done);
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        };
    }

    @Override
    public byte @Nullable [] readFile(String name) throws IOException {
        return storage.readFile(name);
    }

    @Override
    public void writeFile(String name, byte[] content) throws IOException {
        storage.writeFile(name, content);
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
