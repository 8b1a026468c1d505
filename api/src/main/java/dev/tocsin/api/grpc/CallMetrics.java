package dev.tocsin.api.grpc;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Counts calls by method and status. Only methods that exist have series. */
final class CallMetrics implements ServerInterceptor {
    private final CounterFamily calls;

    CallMetrics(Metrics metrics) {
        calls = metrics.counter(
                "tocsin_grpc_calls_total", "Calls that have ended, by method and status.", "method", "code");
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        calls.labels(
                                        call.getMethodDescriptor().getFullMethodName(),
                                        status.getCode().name())
                                .increment();
                        super.close(status, trailers);
                    }
                },
                headers);
    }
}
