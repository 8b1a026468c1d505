package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.runtime.Clock;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Turns answers into what the codec writes. Safe for all threads. */
final class ResponseEncoder {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private record Date(long second, String text) {}

    private final Clock clock;
    private final Protection protection;
    private volatile Date date = new Date(Long.MIN_VALUE, "");

    /** @param protection says which headers every answer carries */
    ResponseEncoder(Clock clock, Protection protection) {
        this.clock = clock;
        this.protection = protection;
    }

    /**
     * A whole answer.
     *
     * @param response one whose content is there
     * @param close whether the connection ends with it
     * @param sayKeptAlive whether the client is of the kind that must be told that the connection is kept
     */
    FullHttpResponse full(Response response, boolean close, boolean sayKeptAlive) {
        byte[] bytes = response.content() instanceof Response.Bytes there ? there.bytes() : new byte[0];
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(bytes),
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory());
        addHeaders(message.headers(), response, close, sayKeptAlive);
        if (response.status() != 204 && response.status() != 304) {
            message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        return message;
    }

    /** The head of an answer whose content follows. */
    HttpResponse head(Response response, boolean close, boolean sayKeptAlive) {
        HttpResponse message = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                DefaultHttpHeadersFactory.headersFactory());
        addHeaders(message.headers(), response, close, sayKeptAlive);
        return message;
    }

    private void addHeaders(HttpHeaders headers, Response response, boolean close, boolean sayKeptAlive) {
        for (Response.Header header : response.headers()) {
            headers.add(header.name(), header.value());
        }
        for (Response.Header header : protection.headers()) {
            if (!headers.contains(header.name())) {
                headers.add(header.name(), header.value());
            }
        }
        headers.set(HttpHeaderNames.DATE, date());
        if (close) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (sayKeptAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private String date() {
        Instant now = clock.now();
        Date known = date;
        if (known.second() != now.getEpochSecond()) {
            known = new Date(now.getEpochSecond(), DATE.format(now));
            date = known;
        }
        return known.text();
    }
}
