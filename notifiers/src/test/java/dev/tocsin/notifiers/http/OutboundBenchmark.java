package dev.tocsin.notifiers.http;

import com.codahale.metrics.MetricRegistry;
import com.sun.management.OperatingSystemMXBean;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the CPU time of a POST of 600 bytes over kept connections, 64 at a time, to a sink in another process. Run with
 * the class path of the tests; prints a line per round, of which the first ones warm up.
 */
public final class OutboundBenchmark {
    private static final int CONCURRENT = 64;
    private static final int REQUESTS = 25_000;

    private OutboundBenchmark() {}

    /** With the argument {@code sink} it is the other process. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            sink();
            return;
        }
        Process sink = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutboundBenchmark.class.getName(),
                        "sink")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(sink.getInputStream(), StandardCharsets.UTF_8))) {
            measure(Integer.parseInt(Objects.requireNonNull(out.readLine())));
        } finally {
            sink.destroy();
        }
    }

    private static void measure(int port) throws Exception {
        PrintStream out = System.out;
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ConnectionMetrics.Dialer dialer = new ConnectionMetrics(new Metrics(new MetricRegistry())).dialer("benchmark");
        try (OutboundClients clients =
                new OutboundClients(InetAddress::getAllByName, Map.of(), "Alertmanager/0.34.0")) {
            OutboundClient client = clients.acquire(HttpClientConfig.DEFAULT);
            OutboundRequest request = new OutboundRequest(
                    "POST",
                    Url.parse("http://127.0.0.1:" + port + "/hook"),
                    List.of(new HttpField("Content-Type", "application/json")),
                    new byte[600]);
            for (int round = 0; round < 5; round++) {
                long cpu = process.getProcessCpuTime();
                long start = System.nanoTime();
                AtomicInteger left = new AtomicInteger(REQUESTS);
                AtomicInteger failed = new AtomicInteger();
                CountDownLatch done = new CountDownLatch(CONCURRENT);
                for (int i = 0; i < CONCURRENT; i++) {
                    Thread.ofVirtual().start(() -> {
                        try {
                            while (left.getAndDecrement() > 0) {
                                if (!(client.exchange(request, dialer, Duration.ofSeconds(10))
                                        instanceof OutboundResult.Answer)) {
                                    failed.incrementAndGet();
                                }
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } finally {
                            done.countDown();
                        }
                    });
                }
                done.await();
                double seconds = (System.nanoTime() - start) / 1e9;
                double micros = (process.getProcessCpuTime() - cpu) / 1e3 / REQUESTS;
                out.printf(
                        "round %d: %.1f us CPU/POST, %.0f POST/s, %d failed%n",
                        round, micros, REQUESTS / seconds, failed.get());
            }
        }
    }

    private static void sink() throws IOException {
        ServerSocket listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        System.out.println(listener.getLocalPort());
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        while (true) {
            Socket socket = listener.accept();
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> {
                try (socket) {
                    BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
                    while (RecordedRequest.read(in).isPresent()) {
                        socket.getOutputStream().write(answer);
                    }
                } catch (IOException e) {
                    // the client is done
                }
            });
        }
    }
}
