package dev.tocsin.api.http.server;

import dev.tocsin.api.http.PercentEncoding;
import dev.tocsin.api.http.Request;
import dev.tocsin.api.http.RequestBody;
import dev.tocsin.api.http.Response;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the head of a request and takes its target apart. */
sealed interface RequestHead {
    /** The head is no good. */
    record Bad(Response refusal) implements RequestHead {}

    /**
     * The head is well formed.
     *
     * @param contentLength the announced length of the body, or -1 if it is not known
     */
    record Good(
            String method,
            String rawPath,
            String path,
            String rawQuery,
            HttpHeaders headers,
            long contentLength,
            boolean expectsContinue,
            boolean keepAlive,
            boolean chunkable)
            implements RequestHead {

        Incoming.Whole with(RequestBody body, String remoteAddress) {
            Request request = new Request(method, rawPath, path, rawQuery, headers, body, remoteAddress);
            return new Incoming.Whole(request, keepAlive, chunkable);
        }
    }

    static RequestHead of(HttpRequest message) {
        if (message.decoderResult().isFailure()) {
            return new Bad(Refusal.of(message.decoderResult().cause()));
        }
        HttpVersion version = message.protocolVersion();
        if (version.majorVersion() != 1) {
            return new Bad(Refusal.of(505, "unsupported protocol version"));
        }
        boolean chunkable = version.minorVersion() >= 1;
        HttpHeaders headers = message.headers();
        String trouble = hostTrouble(headers.getAll(HttpHeaderNames.HOST), chunkable);
        if (trouble != null) {
            return new Bad(Refusal.of(400, trouble));
        }
        String encoding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            return new Bad(Refusal.of(501, "unsupported transfer encoding"));
        }
        String expect = headers.get(HttpHeaderNames.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Bad(Refusal.of(417));
        }
        String method = message.method().name();
        String target = originForm(message.uri());
        if (target == null || (target.equals("*") && !method.equals("OPTIONS"))) {
            return new Bad(Refusal.of(400));
        }
        int question = target.indexOf('?');
        String rawPath = ascii(question < 0 ? target : target.substring(0, question));
        String path = PercentEncoding.decode(rawPath, false);
        if (path == null) {
            return new Bad(Refusal.of(400));
        }
        return new Good(
                method,
                rawPath,
                path,
                question < 0 ? "" : target.substring(question + 1),
                headers,
                encoding != null ? -1 : HttpUtil.getContentLength(message, 0L),
                expect != null && chunkable,
                HttpUtil.isKeepAlive(message),
                chunkable);
    }

    private static @Nullable String hostTrouble(List<String> hosts, boolean required) {
        if (hosts.isEmpty()) {
            return required ? "missing required Host header" : null;
        }
        if (hosts.size() > 1) {
            return "too many Host headers";
        }
        String host = hosts.getFirst();
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '/' || c == '?' || c == '#') {
                return "malformed Host header";
            }
        }
        return null;
    }

    /** The target from its path on, or null if it has none or holds control characters. */
    private static @Nullable String originForm(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return null;
            }
        }
        if (target.startsWith("/") || target.equals("*")) {
            return target;
        }
        int authority = target.indexOf("://");
        if (authority <= 0) {
            return null;
        }
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    /** The text with percent signs for bytes that should have been written so. */
    private static String ascii(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (out != null && c >= 0x80) {
                out.append('%').append(Character.toUpperCase(Character.forDigit((c >> 4) & 0xf, 16)));
                out.append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }
}
