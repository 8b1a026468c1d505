package dev.tocsin.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer. Immutable.
 *
 * @param status the HTTP status
 * @param headers in the order in which they are sent; without those that belong to the connection and the length
 * @param content the body
 */
public record Response(int status, List<Header> headers, Content content) {
    /** A header of an answer. */
    public record Header(String name, String value) {}

    /** The body of an answer. */
    public sealed interface Content {}

    /** A body that is there already; may be empty. The array must not be changed any more. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copying every answer would be waste
    public record Bytes(byte[] bytes) implements Content {}

    /**
     * A body that is written while it is sent; short ones get a length, long ones are chunked.
     *
     * @param gzipAlways whether to compress however short the body is, if the client accepts that; otherwise only what
     *     does not fit one buffer is compressed
     */
    public record Streamed(Writer writer, boolean gzipAlways) implements Content {}

    /**
     * A body that is written for as long as the client listens. It is sent at each flush, never compressed, and holds no
     * place among the GETs that are worked on at once.
     */
    public record Live(Writer writer) implements Content {}

    /** Writes a body. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes the body to {@code out}, which waits while the client does not read, sends what it has at a flush and
         * need not be closed. Runs on a worker.
         *
         * @throws IOException if the client is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private static final Content NOTHING = new Bytes(new byte[0]);
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Copies the headers in. */
    public Response {
        headers = List.copyOf(headers);
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return new Response(status, List.of(), NOTHING);
    }

    /** A body of the given type. */
    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Bytes(bytes));
    }

    /** Plain text, in UTF-8. */
    public static Response text(int status, String text) {
        return bytes(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain text that says what is wrong; browsers are told not to guess another type. */
    public static Response error(int status, String text) {
        return text(status, text).with("X-Content-Type-Options", "nosniff");
    }

    /** A streamed body of the given type. */
    public static Response stream(int status, String contentType, Writer writer) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), new Streamed(writer, false));
    }

    /** This answer with one more header. */
    public Response with(String name, String value) {
        List<Header> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(new Header(name, value));
        return new Response(status, more, content);
    }
}
