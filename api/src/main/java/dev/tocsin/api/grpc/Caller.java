package dev.tocsin.api.grpc;

import dev.tocsin.core.ingest.AlertSource;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Lets calls know who makes them. */
final class Caller implements ServerInterceptor {
    private static final Context.Key<AlertSource> SOURCE = Context.key("tocsin-source");
    private static final Context.Key<String> AUTHORIZATION = Context.key("tocsin-authorization");
    private static final Metadata.Key<String> USER_AGENT =
            Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

    /** Who makes the call of this thread. */
    static AlertSource current() {
        AlertSource source = SOURCE.get();
        return source == null ? new AlertSource("", "") : source;
    }

    /** The authorization of the call of this thread, as {@link Guard} admitted it; null if it has none. */
    static @Nullable String authorization() {
        return AUTHORIZATION.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        String address = remote instanceof InetSocketAddress ip && ip.getAddress() != null
                ? ip.getAddress().getHostAddress()
                : "";
        String agent = headers.get(USER_AGENT);
        AlertSource source = new AlertSource(address, agent == null ? "" : agent);
        Context context = Context.current().withValues(SOURCE, source, AUTHORIZATION, headers.get(Guard.AUTHORIZATION));
        return Contexts.interceptCall(context, call, headers, next);
    }
}
