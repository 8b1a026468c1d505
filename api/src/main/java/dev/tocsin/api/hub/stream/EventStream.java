package dev.tocsin.api.hub.stream;

import dev.tocsin.api.http.Response;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Writes several views as Server-Sent Events until the client goes, the node stops, or an hour has passed. It pulls what is new when the client
 * has read what came before: a slow client costs no memory, and one that falls too far behind gets a new snapshot. Used by
 * one thread, which may block.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the format</a>
 */
public final class EventStream implements Response.Writer {
    /** How long a stream lasts: whoever comes back is asked again who he is. */
    public static final Duration LIFE = Duration.ofHours(1);

    /** How long a client hears nothing at most. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final byte[] HELLO = bytes("retry: 1000\n\n");
    private static final byte[] HEARTBEAT = bytes("event: heartbeat\ndata: {}\n\n");
    private static final byte[] STOPS = bytes("event: end\ndata: {\"reason\":\"the node stops\"}\n\n");
    private static final byte[] OLD = bytes("event: end\ndata: {\"reason\":\"it has lasted an hour: come back\"}\n\n");

    private final List<Channel<?>> channels;
    private final Wake wake;
    private final Clock clock;
    private final long begunNanos;
    private final Runnable whenOver;

    /** @param whenOver called once, when nothing is written any more */
    public EventStream(List<Channel<?>> channels, Wake wake, Clock clock, Runnable whenOver) {
        this.channels = List.copyOf(channels);
        this.wake = wake;
        this.clock = clock;
        this.begunNanos = clock.nanoTime();
        this.whenOver = whenOver;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            out.write(HELLO);
            out.flush();
            while (!wake.ended() && !isOld()) {
                if (!writeNews(out)) {
                    wake.await(SILENCE);
                    if (!writeNews(out) && !wake.ended()) {
                        out.write(HEARTBEAT);
                        out.flush();
                    }
                }
            }
            out.write(wake.ended() ? STOPS : OLD);
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while nothing happened");
        } finally {
            close();
        }
    }

    private boolean isOld() {
        return clock.nanoTime() - begunNanos >= LIFE.toNanos();
    }

    /** One batch of each view, and the whole stream's place with each. */
    private boolean writeNews(OutputStream out) throws IOException {
        boolean any = false;
        for (Channel<?> channel : channels) {
            if (channel.writeNext(out)) {
                any = true;
                out.write(bytes("id: " + StreamPlace.text(channels) + "\n\n"));
            }
        }
        if (any) {
            out.flush();
        }
        return any;
    }

    private void close() {
        channels.forEach(Channel::close);
        whenOver.run();
    }
}
