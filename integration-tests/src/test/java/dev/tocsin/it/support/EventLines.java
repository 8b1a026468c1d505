package dev.tocsin.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Listens to a stream of events, line by line, on a thread of its own. */
public final class EventLines implements AutoCloseable {
    private static final String OVER = "(over)";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Opens the stream; throws if it is not answered with 200. */
    public EventLines(Api api, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(api.base() + path)).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode());
        }
        Thread.ofVirtual().start(() -> {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                // the end of the stream, whatever ended it
            } finally {
                lines.add(OVER);
            }
        });
    }

    /** Waits for a line; lines before it are forgotten. */
    public String await(Predicate<String> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw new AssertionError("no such line after " + patience);
                }
                if (wanted.test(line)) {
                    return line;
                }
                if (line.equals(OVER)) {
                    throw new AssertionError("the stream is over");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits for a line of each sort, in whatever order they come; other lines are forgotten. */
    public void awaitAll(List<Predicate<String>> wanted, Duration patience) {
        List<Predicate<String>> missing = new ArrayList<>(wanted);
        while (!missing.isEmpty()) {
            String line = await(next -> missing.stream().anyMatch(one -> one.test(next)), patience);
            missing.removeIf(one -> one.test(line));
        }
    }

    /** Waits until the server has ended the stream. */
    public void awaitEnd(Duration patience) {
        await(OVER::equals, patience);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
