package dev.tocsin.api.web;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.api.http.Router;
import dev.tocsin.api.http.SystemClock;
import dev.tocsin.api.http.server.HttpServerOptions;
import dev.tocsin.api.http.server.TestServer;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.core.tls.TrustedRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on a free port with a web configuration in {@code web.yml} of a folder, and clients for it. */
final class SecuredServer implements AutoCloseable {
    /** The hash of {@code right}. */
    static final String HASH = "$2a$04$IkwMejF85lTY2xBsmQmMreXscR7PrGc2Mssl09zvNkFZAAl6yFUri";

    private final Path folder;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Metrics metrics = new Metrics(new MetricRegistry());
    private final WebSecurity security;
    private final TestServer server;

    SecuredServer(Path folder, String config, Router router) throws WebConfigException {
        this.folder = folder;
        write(config);
        security = new WebSecurity(file(), Map.of(), workers, new SystemClock(), metrics);
        server = new TestServer(
                TestServer.options(HttpServerOptions.Limits.DEFAULT),
                security,
                List.of(new WebFilter(security)),
                router);
    }

    private Path file() {
        return folder.resolve("web.yml");
    }

    /** Replaces the configuration. */
    void write(String config) {
        try {
            Files.writeString(file(), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestServer server() {
        return server;
    }

    WebSecurity security() {
        return security;
    }

    /** How many passwords were compared with {@code result}. */
    double checks(String result) {
        return metrics.counter("tocsin_web_password_checks_total", "", "result")
                .labels(result)
                .value();
    }

    URI uri(String path) {
        String scheme = security.tls() ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
    }

    /** A client that believes {@code ca.pem} and shows {@code <stem>.pem} unless {@code stem} is null. */
    HttpClient client(@Nullable String stem) throws TlsException, IOException {
        return HttpClient.newBuilder()
                .sslContext(context(stem))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    SSLContext context(@Nullable String stem) throws TlsException, IOException {
        TlsIdentity identity = stem == null
                ? null
                : TlsIdentity.parse(text(stem + ".pem"), stem + ".pem", text(stem + ".key"), stem + ".key");
        return SslContexts.of(identity, TrustedRoots.of(Certificates.parse(text("ca.pem"), "ca.pem")));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Sends a GET without credentials. */
    HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(uri(path)));
    }

    /** Sends a GET as a user. */
    HttpResponse<String> get(HttpClient client, String path, String user, String password)
            throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(uri(path)).header("Authorization", basic(user, password)));
    }

    HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
        workers.close();
    }
}
