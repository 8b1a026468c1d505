package dev.tocsin.core.event;

import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A webhook on virtual time that notes when it gets which body, and fails as often as it is told. One thread. */
final class ScriptedPoster implements EventPoster {
    private final VirtualTime time;
    private final VirtualWorkers workers;
    private final Instant start;
    private final List<String> posts = new ArrayList<>();
    private Duration takes = Duration.ZERO;
    private int failures;
    private boolean closed;

    ScriptedPoster(VirtualTime time, VirtualWorkers workers) {
        this.time = time;
        this.workers = workers;
        this.start = time.now();
    }

    /** Each post from now on takes this long. */
    void take(Duration duration) {
        takes = duration;
    }

    /** The next posts fail. */
    void fail(int times) {
        failures = times;
    }

    /** Each post as {@code <milliseconds since the start> <body>}. */
    List<String> posts() {
        return List.copyOf(posts);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "webhook:http://test";
    }

    @Override
    public void post(byte[] body, Duration timeout) throws IOException {
        posts.add(Duration.between(start, time.now()).toMillis() + " " + new String(body, StandardCharsets.UTF_8));
        workers.take(takes, true);
        if (failures > 0) {
            failures--;
            throw new IOException("unexpected status code 500");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
