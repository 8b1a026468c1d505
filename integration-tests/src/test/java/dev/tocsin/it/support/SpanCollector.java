package dev.tocsin.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A receiver of spans as an OpenTelemetry collector is one: OTLP over gRPC or over HTTP. Safe for all threads. */
public final class SpanCollector implements AutoCloseable {
    private final List<ResourceSpans> received = new CopyOnWriteArrayList<>();
    private final int port;
    private final Runnable stop;

    private SpanCollector(boolean grpc) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (grpc) {
            Server server = NettyServerBuilder.forAddress(address)
                    .addService(new OverGrpc())
                    .build()
                    .start();
            port = server.getPort();
            stop = server::shutdownNow;
        } else {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/v1/traces", this::answer);
            server.start();
            port = server.getAddress().getPort();
            stop = () -> server.stop(0);
        }
    }

    /** Listens on a free port of loopback; {@code type} is {@code grpc} or {@code http}, as in a configuration. */
    public static SpanCollector of(String type) throws IOException {
        return new SpanCollector(type.equals("grpc"));
    }

    /** The {@code endpoint} of a configuration. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    /** What came until now, one element for each request and resource. */
    public List<ResourceSpans> received() {
        return List.copyOf(received);
    }

    /** All spans that came until now. */
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (ResourceSpans resource : received) {
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        }
        return spans;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (exchange;
                InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            received.addAll(ExportTraceServiceRequest.parseFrom(body).getResourceSpansList());
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private final class OverGrpc extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
            received.addAll(request.getResourceSpansList());
            answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
