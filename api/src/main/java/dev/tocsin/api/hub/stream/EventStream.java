package dev.tocsin.api.hub.stream;

import dev.tocsin.api.http.Response;
import dev.tocsin.api.web.Visits.Visit;
import dev.tocsin.core.runtime.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Writes several views as Server-Sent Events until the client goes or may not be here any more, the node
 * stops, or an hour has passed. It pulls what is new when the client
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
    private static final String OLD = "it has lasted an hour: come back";

    private final List<Channel<?>> channels;
    private final Wake wake;
    private final Visit visit;
    private final Clock clock;
    private final long begunNanos;
    private final Runnable whenOver;

    /**
     * @param visit ends when the stream does
     * @param whenOver called once, when nothing is written any more
     */
    public EventStream(List<Channel<?>> channels, Wake wake, Visit visit, Clock clock, Runnable whenOver) {
        this.channels = List.copyOf(channels);
        this.wake = wake;
        this.visit = visit;
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
            while (wake.end() == null && !isOld()) {
                visit.beat();
                if (!writeNews(out)) {
                    wake.await(SILENCE);
                    if (!writeNews(out) && wake.end() == null) {
                        out.write(HEARTBEAT);
                        out.flush();
                    }
                }
            }
            String reason = wake.end();
            out.write(bytes("event: end\ndata: {\"reason\":\"" + (reason == null ? OLD : reason) + "\"}\n\n"));
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
        visit.close();
        channels.forEach(Channel::close);
        whenOver.run();
    }
}
