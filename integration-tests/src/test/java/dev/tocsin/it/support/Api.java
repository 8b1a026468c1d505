package dev.tocsin.it.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** A plain client of the HTTP interface. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;

    /** @param base such as {@code http://127.0.0.1:9093}, without a trailing slash */
    public Api(String base) {
        this.base = base;
    }

    /** The base address. */
    public String base() {
        return base;
    }

    /** Asks until {@code /-/ready} answers 200. */
    public void awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (get("/-/ready").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(base + " is not ready after " + patience);
            }
            Pause.millis(10);
        }
    }

    /** Asks until the metric {@code series}, labels included, is at least {@code least}. */
    public void awaitMetric(String series, double least, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean reached = get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .anyMatch(line -> Double.parseDouble(line.substring(series.length() + 1)) >= least);
            if (reached) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(series + " did not reach " + least);
            }
            Pause.millis(20);
        }
    }

    /** GET. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** GET, which must answer 200 with JSON. */
    public JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body());
    }

    /** Parses JSON. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** POST of a JSON body. */
    public HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** DELETE. */
    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** Posts alerts, each {@code {"labels":…}}, which must answer 200. */
    public void postAlerts(String body) {
        HttpResponse<String> answer = post("/api/v2/alerts", body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /** Creates a silence on {@code name=value} for an hour; returns its id. */
    public String silence(String name, String value) {
        HttpResponse<String> answer = post("/api/v2/silences", silenceBody(name, value));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body()).get("silenceID").asText();
    }

    /** The body of a POST that silences {@code name=value} for an hour. */
    public static String silenceBody(String name, String value) {
        Instant now = Instant.now();
        return """
                {"matchers":[{"name":"%s","value":"%s","isRegex":false}],"startsAt":"%s","endsAt":"%s",
                 "createdBy":"test","comment":"a test"}""".formatted(name, value, now, now.plusSeconds(3600));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
