package dev.tocsin.api.web;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** A context whose engines come from elsewhere, each made anew. Immutable; safe for all threads. */
final class FreshSslContext extends SslContext {
    private final Supplier<SSLEngine> engines;
    private final List<String> protocols;

    FreshSslContext(Supplier<SSLEngine> engines, List<String> protocols) {
        this.engines = engines;
        this.protocols = List.copyOf(protocols);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return List.of(engines.get().getEnabledCipherSuites());
    }

    @Override
    @SuppressWarnings("deprecation") // what the base class asks for
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return () -> protocols;
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return engines.get();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return engines.get();
    }

    @Override
    public SSLSessionContext sessionContext() {
        throw new UnsupportedOperationException("sessions end with the certificates they began with");
    }
}
