package dev.tocsin.api.http.server;

import dev.tocsin.api.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a streamed answer is written to. Collects a buffer before it sends: what fits goes with its length in one piece,
 * and until then a failure can still become a proper answer. Longer answers are chunked, compressed if the client takes
 * that, and wait while the client does not read. Confined to the writer's worker.
 */
final class ResponseStream extends OutputStream {
    private static final int BUFFER = 64 << 10;
    private static final int GZIP_BUFFER = 16 << 10;

    private final Exchange exchange;
    private final ExchangeContext server;
    private final Connection connection;
    private final ChannelHandlerContext ctx;
    private final Response response;
    private final boolean gzipAlways;
    private final boolean gzipAccepted;
    private byte[] buffer = new byte[8 << 10];
    private int buffered;
    private long sent;
    private boolean begun;
    private boolean over;
    private @Nullable OutputStream gzip;

    ResponseStream(
            Exchange exchange,
            ExchangeContext server,
            Connection connection,
            ChannelHandlerContext ctx,
            Response response,
            boolean gzip,
            boolean gzipAlways) {
        this.exchange = exchange;
        this.server = server;
        this.connection = connection;
        this.ctx = ctx;
        this.response = response;
        this.gzipAlways = gzipAlways;
        String accepted = exchange.request().headerList("Accept-Encoding");
        this.gzipAccepted = gzip && accepted != null && AcceptedEncodings.gzip(accepted) && exchange.chunkable();
    }

    @Override
    public void write(int b) throws IOException {
        if (buffered == buffer.length) {
            makeRoom();
        }
        buffer[buffered++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int from = offset;
        int left = length;
        while (left > 0) {
            if (buffered == buffer.length) {
                makeRoom();
            }
            int part = Math.min(left, buffer.length - buffered);
            System.arraycopy(bytes, from, buffer, buffered, part);
            buffered += part;
            from += part;
            left -= part;
        }
    }

    private void makeRoom() throws IOException {
        if (buffer.length < BUFFER) {
            byte[] larger = new byte[Math.min(BUFFER, buffer.length * 2)];
            System.arraycopy(buffer, 0, larger, 0, buffered);
            buffer = larger;
        } else {
            sendBuffer();
        }
    }

    /** Sends what is there, which makes the answer a chunked one. */
    @Override
    public void flush() throws IOException {
        if (buffered > 0) {
            sendBuffer();
        }
        if (gzip != null) {
            gzip.flush();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // fairness only: virtual threads are not taken off a processor otherwise
    private void sendBuffer() throws IOException {
        beginChunked();
        OutputStream compressing = gzip;
        if (compressing != null) {
            compressing.write(buffer, 0, buffered);
        } else {
            sendChunk(buffer, 0, buffered);
        }
        buffered = 0;
        Thread.yield();
    }

    private void beginChunked() throws IOException {
        if (begun) {
            return;
        }
        claim();
        boolean compress = gzipAccepted;
        HttpResponse head = server.encoder().head(decorated(compress), false, false);
        exchange.onLoop(() -> {
            boolean close = exchange.closes() || !exchange.chunkable();
            if (exchange.chunkable()) {
                head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
            if (close) {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            connection.deadlines().writing();
            ctx.write(head);
        });
        if (compress) {
            gzip = new GZIPOutputStream(new Chunks(), GZIP_BUFFER, true) {
                {
                    def.setLevel(Deflater.BEST_SPEED);
                }
            };
        }
    }

    private void claim() throws IOException {
        if (!exchange.claim()) {
            throw new IOException("the request has been answered already");
        }
        begun = true;
    }

    private Response decorated(boolean compressed) {
        return compressed ? response.with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding") : response;
    }

    /** What the compressor makes. */
    private final class Chunks extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            sendChunk(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sendChunk(bytes, offset, length);
        }
    }

    private void sendChunk(byte[] bytes, int offset, int length) throws IOException {
        try {
            connection.awaitWritable(ctx.channel());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the client does not read");
        }
        if (!ctx.channel().isActive()) {
            throw new IOException("the client is gone");
        }
        sent += length;
        ByteBuf chunk = ctx.alloc().buffer(length).writeBytes(bytes, offset, length);
        ctx.writeAndFlush(new DefaultHttpContent(chunk)).addListener(written -> {
            if (written.isSuccess()) {
                connection.deadlines().wrote();
            }
        });
    }

    /** Sends the rest and ends the exchange. */
    void complete() throws IOException {
        if (!begun && gzipAlways && gzipAccepted) {
            beginChunked();
        }
        if (!begun) {
            sendWhole();
            return;
        }
        if (gzip != null) {
            gzip.write(buffer, 0, buffered);
            gzip.close();
        } else if (buffered > 0) {
            sendChunk(buffer, 0, buffered);
        }
        over = true;
        exchange.onLoop(() -> {
            boolean close = exchange.closes() || !exchange.chunkable();
            ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                    .addListener(written -> exchange.end(response.status(), sent, close || !written.isSuccess()));
        });
    }

    private void sendWhole() throws IOException {
        claim();
        over = true;
        byte[] whole = new byte[buffered];
        System.arraycopy(buffer, 0, whole, 0, buffered);
        Response answer = new Response(response.status(), response.headers(), new Response.Bytes(whole));
        exchange.onLoop(() -> exchange.write(answer, whole.length));
    }

    /**
     * The writer failed. What was sent cannot be taken back, so the client must see that the answer is incomplete: the
     * connection is closed without the last chunk.
     *
     * @return whether nothing was sent, so that another answer is possible
     */
    boolean abort() {
        if (!begun) {
            return true;
        }
        if (!over) {
            over = true;
            exchange.onLoop(() -> ctx.close().addListener(closed -> exchange.end(response.status(), sent, true)));
        }
        return false;
    }

    /** Nothing to free: the exchange ends by {@link #complete} or {@link #abort}. */
    @Override
    public void close() {}
}
