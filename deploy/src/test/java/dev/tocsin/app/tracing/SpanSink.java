package dev.tocsin.app.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** A collector that speaks OTLP over HTTP and decodes what it gets. */
final class SpanSink implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Export> exports = new LinkedBlockingQueue<>();

    /** A request. */
    record Export(String path, Map<String, List<String>> headers, ExportTraceServiceRequest body) {
        List<Span> spans() {
            List<Span> spans = new ArrayList<>();
            for (ResourceSpans resource : body.getResourceSpansList()) {
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    spans.addAll(scope.getSpansList());
                }
            }
            return spans;
        }

        String resource(String key) {
            for (KeyValue attribute : body.getResourceSpans(0).getResource().getAttributesList()) {
                if (attribute.getKey().equals(key)) {
                    return attribute.getValue().getStringValue();
                }
            }
            return "";
        }
    }

    SpanSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            exports.add(new Export(
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    ExportTraceServiceRequest.parseFrom(body)));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request; fails if none comes. */
    Export take() throws InterruptedException {
        Export export = exports.poll(10, TimeUnit.SECONDS);
        if (export == null) {
            throw new AssertionError("nothing was exported");
        }
        return export;
    }

    /** How many requests came that were not taken. */
    int waiting() {
        return exports.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
