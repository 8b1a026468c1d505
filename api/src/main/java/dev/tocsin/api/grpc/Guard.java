package dev.tocsin.api.grpc;

import com.google.rpc.Code;
import dev.tocsin.api.web.Admission;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets a call in when the node serves and its user may, health, reflection and channelz included. */
final class Guard implements ServerInterceptor {
    /** The name and password of a user (RFC 7617). */
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Function<@Nullable String, CompletionStage<Admission>> admit;
    private final BooleanSupplier serving;

    /**
     * @param admit judges the metadata's authorization, null if there is none
     * @param serving whether calls are answered at all
     */
    Guard(Function<@Nullable String, CompletionStage<Admission>> admit, BooleanSupplier serving) {
        this.admit = admit;
        this.serving = serving;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!serving.getAsBoolean()) {
            refuse(call, Failures.of(Code.UNAVAILABLE, "NOT_SERVING", "the node is starting or stopping"));
            return new ServerCall.Listener<>() {};
        }
        Waiting<Q> waiting = new Waiting<>();
        Context context = Context.current();
        admit.apply(headers.get(AUTHORIZATION)).whenComplete((admission, failure) -> {
            if (admission == Admission.ADMITTED) {
                context.run(() -> waiting.proceed(next.startCall(call, headers)));
            } else {
                refuse(call, status(admission));
            }
        });
        return waiting;
    }

    private static void refuse(ServerCall<?, ?> call, StatusRuntimeException why) {
        Metadata details = why.getTrailers();
        call.close(why.getStatus(), details == null ? new Metadata() : details);
    }

    private static StatusRuntimeException status(@Nullable Admission admission) {
        return switch (admission) {
            case UNAUTHENTICATED ->
                Failures.of(Code.UNAUTHENTICATED, "UNAUTHENTICATED", "give a user and password as basic authorization");
            case TOO_MANY_REQUESTS ->
                Failures.of(Code.RESOURCE_EXHAUSTED, "RATE_LIMITED", "more requests than the rate limit allows");
            case null, default ->
                Failures.of(Code.UNAVAILABLE, "BUSY", "too many passwords wait to be checked; try again");
        };
    }

    /** Keeps what happens to a call until it is let in. Its monitor keeps the order. */
    private static final class Waiting<Q> extends ServerCall.Listener<Q> {
        private final Queue<Runnable> early = new ArrayDeque<>();
        private ServerCall.@Nullable Listener<Q> admitted;

        synchronized void proceed(ServerCall.Listener<Q> listener) {
            admitted = listener;
            for (Runnable event = early.poll(); event != null; event = early.poll()) {
                event.run();
            }
        }

        private synchronized void pass(java.util.function.Consumer<ServerCall.Listener<Q>> event) {
            ServerCall.Listener<Q> listener = admitted;
            if (listener == null) {
                early.add(() -> pass(event));
            } else {
                event.accept(listener);
            }
        }

        @Override
        public void onMessage(Q message) {
            pass(listener -> listener.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            pass(ServerCall.Listener::onHalfClose);
        }

        @Override
        public void onCancel() {
            pass(ServerCall.Listener::onCancel);
        }

        @Override
        public void onComplete() {
            pass(ServerCall.Listener::onComplete);
        }

        @Override
        public void onReady() {
            pass(ServerCall.Listener::onReady);
        }
    }
}
