package dev.tocsin.app.tracing;

import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context for clients that speak some versions of TLS only: the exporters take a context and nothing else. */
final class VersionedContext extends SSLContext {
    /** @param versions the JDK's names */
    VersionedContext(SSLContext context, List<String> versions) {
        super(new Inner(context, List.copyOf(versions)), context.getProvider(), context.getProtocol());
    }

    private static final class Inner extends SSLContextSpi {
        private final SSLContext context;
        private final List<String> versions;

        Inner(SSLContext context, List<String> versions) {
            this.context = context;
            this.versions = versions;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new IllegalStateException("the context is set up already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new VersionedSockets(context.getSocketFactory(), versions);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("a context for clients");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return bounded(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return bounded(context.createSSLEngine(host, port));
        }

        private SSLEngine bounded(SSLEngine engine) {
            engine.setEnabledProtocols(versions.toArray(String[]::new));
            return engine;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setProtocols(versions.toArray(String[]::new));
            return parameters;
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
