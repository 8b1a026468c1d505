package dev.tocsin.notifiers.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param line such as {@code POST /path HTTP/1.1}
 * @param headers {@code Name: value} in the order of the wire
 */
public record RecordedRequest(String line, List<String> headers, String body) {
    /** Reads one; empty at the end of the stream. */
    static Optional<RecordedRequest> read(BufferedInputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            return Optional.empty();
        }
        return Optional.of(new RecordedRequest(line, List.copyOf(headers), new String(body, StandardCharsets.UTF_8)));
    }

    /** A line without its end; empty at the end of the stream too. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The value of a header; empty if it is missing. */
    public String header(String name) {
        for (String header : headers) {
            if (header.startsWith(name + ": ")) {
                return header.substring(name.length() + 2);
            }
        }
        return "";
    }
}
