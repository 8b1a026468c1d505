package dev.tocsin.api.hub.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tocsin.api.hub.json.HubJson;
import dev.tocsin.api.watch.Batch;
import dev.tocsin.api.watch.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One view in a stream. For the thread that writes the stream.
 *
 * @param <T> what is watched
 */
public final class Channel<T> implements AutoCloseable {
    /** Writes an item. */
    @FunctionalInterface
    public interface ItemWriter<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    private final String name;
    private final Watch<T> watch;
    private final ItemWriter<T> writer;
    private String cursor;

    /** @param cursor where the watch begins; empty for the beginning */
    public Channel(String name, Watch<T> watch, ItemWriter<T> writer, String cursor) {
        this.name = name;
        this.watch = watch;
        this.writer = writer;
        this.cursor = cursor;
    }

    /** What the view is called in the stream. */
    public String name() {
        return name;
    }

    /** Where the view stands; empty until its first snapshot is complete. */
    public String cursor() {
        return cursor;
    }

    /**
     * Writes what is new, without the line that names the place in the stream.
     *
     * @return false if there is nothing
     */
    public boolean writeNext(OutputStream out) throws IOException {
        Batch<T> batch = watch.next();
        if (batch == null) {
            return false;
        }
        cursor = batch.cursor();
        out.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        try (JsonGenerator json = HubJson.generator(out)) {
            json.writeStartObject();
            json.writeStringField("kind", batch.kind().name().toLowerCase(Locale.ROOT));
            json.writeArrayFieldStart("upserted");
            for (T item : batch.upserted()) {
                writer.write(json, item);
            }
            json.writeEndArray();
            HubJson.texts(json, "removed", batch.removed());
            json.writeEndObject();
        }
        out.write('\n');
        return true;
    }

    @Override
    public void close() {
        watch.close();
    }
}
