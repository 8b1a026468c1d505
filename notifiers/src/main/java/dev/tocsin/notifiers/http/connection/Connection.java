package dev.tocsin.notifiers.http.connection;

import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TransportException;
import dev.tocsin.notifiers.http.socket.GoErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server, directly or through a proxy, that carries one request after the other. Not for several
 * threads at once; {@link #close} may come from any.
 */
final class Connection {
    /** How long the rest of an answer may take once its status is known. */
    private static final long BODY_NANOS = 5_000_000_000L;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setBufferSize(16 << 10)
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(1000)
            .setMaxEmptyLineCount(10)
            .build();

    private final DefaultBHttpClientConnection http;
    private final Socket socket;
    private final String ends;
    private final @Nullable SSLContext tls;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpCoreContext context = HttpCoreContext.create();
    private boolean reusable;
    private long idleSince;

    /**
     * Takes over a connected socket.
     *
     * @param secured the TLS socket over {@code socket}; null for none
     * @param tls what {@code secured} was made with
     * @param onClose called once
     */
    Connection(Socket socket, @Nullable SSLSocket secured, @Nullable SSLContext tls, Runnable onClose)
            throws IOException {
        this.socket = socket;
        this.ends = GoErrors.ends(socket);
        this.tls = tls;
        this.onClose = onClose;
        this.http = new DefaultBHttpClientConnection(
                LIMITS,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(java.nio.charset.CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(java.nio.charset.CodingErrorAction.REPLACE),
                StandardCharsets.UTF_8.newEncoder(),
                null,
                null,
                DefaultHttpRequestWriterFactory.INSTANCE,
                new DefaultHttpResponseParserFactory(LIMITS, StatusLines.INSTANCE, null));
        if (secured == null) {
            http.bind(socket);
        } else {
            http.bind(secured, socket);
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param fields all headers, in the order in which they are sent
     * @param progress hears when bytes may have gone out and when the status was read
     */
    OutboundResult.Answer exchange(String method, String target, List<HttpField> fields, byte[] body, Progress progress)
            throws TransportException {
        reusable = false;
        RequestHead request = new RequestHead(method, target, fields);
        if (body.length > 0) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        progress.sending();
        IOException unsent = send(request);
        ClassicHttpResponse response;
        try {
            response = receive();
        } catch (IOException e) {
            if (GoErrors.refusedHandshake(e)) {
                progress.answered();
                throw TransportException.broken(GoErrors.read(ends, e));
            }
            throw TransportException.broken(unsent == null ? GoErrors.read(ends, e) : GoErrors.write(ends, unsent));
        } catch (HttpException e) {
            throw TransportException.broken(
                    "net/http: HTTP/1.x transport connection broken: " + String.valueOf(e.getMessage()));
        }
        progress.answered();
        Body read = new Body();
        boolean complete = unsent == null && readBody(method, response, read);
        reusable = complete && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        return new OutboundResult.Answer(
                response.getCode(), fields(response), read.bytes.toString(StandardCharsets.UTF_8), read.cut);
    }

    /** A server may answer and close before it has read everything; then the answer counts. */
    private @Nullable IOException send(RequestHead request) throws TransportException {
        try {
            http.sendRequestHeader(request);
            if (request.getEntity() != null) {
                http.sendRequestEntity(request);
            }
            http.flush();
            return null;
        } catch (IOException e) {
            return e;
        } catch (HttpException e) {
            throw TransportException.broken(String.valueOf(e.getMessage()));
        }
    }

    private ClassicHttpResponse receive() throws IOException, HttpException {
        while (true) {
            ClassicHttpResponse response = http.receiveResponseHeader();
            if (response.getCode() >= 200 || response.getCode() == 101) {
                return response;
            }
        }
    }

    /** Whether the body was read to its end. */
    private boolean readBody(String method, ClassicHttpResponse response, Body into) {
        if (!MessageSupport.canResponseHaveBody(method, response)) {
            return true;
        }
        try {
            http.receiveResponseEntity(response);
            HttpEntity entity = response.getEntity();
            if (entity == null) {
                return true;
            }
            long until = System.nanoTime() + BODY_NANOS;
            InputStream in = entity.getContent();
            byte[] buffer = new byte[8 << 10];
            while (true) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    into.cut = true;
                    return false;
                }
                socket.setSoTimeout((int) (left / 1_000_000) + 1);
                int count = in.read(buffer);
                if (count < 0) {
                    socket.setSoTimeout(0);
                    return true;
                }
                int room = OutboundResult.Answer.MAX_BODY_BYTES - into.bytes.size();
                into.bytes.write(buffer, 0, Math.min(count, room));
                if (count > room) {
                    into.cut = true;
                    return false;
                }
            }
        } catch (IOException | HttpException e) {
            into.cut = true; // The status decides; what is missing of the body is only missed by people.
            return false;
        }
    }

    private static List<HttpField> fields(ClassicHttpResponse response) {
        Header[] headers = response.getHeaders();
        List<HttpField> fields = new ArrayList<>(headers.length);
        for (Header header : headers) {
            fields.add(new HttpField(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        return List.copyOf(fields);
    }

    /** Whether the last exchange left the connection fit for another one. */
    boolean reusable() {
        return reusable && http.isOpen();
    }

    /** What TLS was made with; null without TLS. */
    @Nullable SSLContext tls() {
        return tls;
    }

    void idle(long sinceNanos) {
        idleSince = sinceNanos;
    }

    long idleSince() {
        return idleSince;
    }

    /** Whether the server has closed it meanwhile. Waits a millisecond for news. */
    boolean stale() {
        try {
            return http.isStale();
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes the socket at once, without a word to the other side. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            http.close(CloseMode.IMMEDIATE);
            onClose.run();
        }
    }

    /** What was read of a body. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean cut;
    }
}
