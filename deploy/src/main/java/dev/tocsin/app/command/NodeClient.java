package dev.tocsin.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running node over HTTP. For one thread.
 *
 * <p>The address may hold a user and a password, {@code https://user:secret@host:9093/prefix}; messages never show them.
 */
final class NodeClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_TEXT = 400;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final @Nullable String authorization;

    /** @throws IllegalArgumentException if the address is not one of HTTP */
    NodeClient(URI address) {
        if (address.getHost() == null || !String.valueOf(address.getScheme()).startsWith("http")) {
            throw new IllegalArgumentException(
                    "--url must be an address such as http://localhost:9093, not " + withoutUser(address));
        }
        String user = address.getUserInfo();
        this.authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        this.base = URI.create(withoutUser(address).replaceAll("/+$", ""));
    }

    private static String withoutUser(URI address) {
        return address.toString().replaceFirst("//[^/@]*@", "//");
    }

    /**
     * Reads a JSON document.
     *
     * @param path begins with a slash
     * @throws IOException if there is no such answer; the message is for people
     */
    JsonTree get(String path) throws IOException, InterruptedException {
        return send(path, request(path).GET().build());
    }

    /** As {@link #get}, with a body. */
    JsonTree post(String path, String json) throws IOException, InterruptedException {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
        return authorization == null ? builder : builder.header("Authorization", authorization);
    }

    private JsonTree send(String path, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("cannot ask " + base + path + ": " + why, e);
        }
        if (response.statusCode() != 200) {
            String text = response.body().strip();
            throw new IOException(base + path + " answers " + response.statusCode() + ": "
                    + text.substring(0, Math.min(MAX_TEXT, text.length())));
        }
        return JsonTree.parse(response.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
