package dev.tocsin.core.tls.server;

import dev.tocsin.core.config.http.TlsVersion;
import dev.tocsin.core.tls.Certificates;
import dev.tocsin.core.tls.PemSource;
import dev.tocsin.core.tls.Reloading;
import dev.tocsin.core.tls.SslContexts;
import dev.tocsin.core.tls.TlsException;
import dev.tocsin.core.tls.TlsIdentity;
import dev.tocsin.core.tls.TrustedRoots;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes the engines of connections that are accepted. The certificates are read again at each {@link #refresh}; while they
 * cannot be used the last good ones stay. Safe for all threads.
 */
public final class ServerEngines {
    private static final List<String> QUICKEST = List.of(
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final ServerTls tls;
    private final Map<String, String> environment;
    private final Reloading<SSLContext> contexts;
    private volatile SSLContext context;

    /**
     * Reads all certificates.
     *
     * @param environment the process environment: names the system's authorities
     * @throws TlsException saying what is missing or unusable
     */
    public ServerEngines(ServerTls tls, Map<String, String> environment) throws TlsException {
        this.tls = tls;
        this.environment = Map.copyOf(environment);
        List<PemSource> sources = new ArrayList<>(List.of(tls.certificate(), tls.key()));
        if (tls.clientAuthorities() != null) {
            sources.add(tls.clientAuthorities());
        }
        this.contexts = new Reloading<>(sources, this::build);
        this.context = contexts.current();
        Set<String> known = Set.of(context.getSupportedSSLParameters().getCipherSuites());
        for (String suite : tls.cipherSuites()) {
            if (!known.contains(suite)) {
                throw new TlsException("unknown cipher: " + suite + ", or switched off in the Java runtime");
            }
        }
    }

    /** What the engines do. */
    public ServerTls tls() {
        return tls;
    }

    private SSLContext build(List<String> texts) throws TlsException {
        TlsIdentity identity = TlsIdentity.parse(
                texts.get(0), tls.certificate().name(), texts.get(1), tls.key().name());
        TrustManager[] trust = tls.clientAuth().verifies() ? authorities(texts) : SslContexts.trustEverybody();
        if (!tls.allowedNames().isEmpty()) {
            trust = new TrustManager[] {new AllowedNames((X509ExtendedTrustManager) trust[0], tls.allowedNames())};
        }
        return SslContexts.of(identity, trust);
    }

    private TrustManager[] authorities(List<String> texts) throws TlsException {
        PemSource source = tls.clientAuthorities();
        if (source == null) {
            return TrustedRoots.system(environment);
        }
        List<X509Certificate> roots = Certificates.parse(texts.get(2), source.name());
        if (roots.isEmpty()) {
            throw new TlsException("no certificate found in " + source.name());
        }
        return TrustedRoots.of(roots);
    }

    /** Reads the certificates again. Reads files. */
    public void refresh() {
        try {
            context = contexts.current();
        } catch (TlsException e) {
            throw new IllegalStateException("what was loaded before stays", e);
        }
    }

    /** An engine for one connection, made of what was read last. Does not block. */
    public SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        configure(engine);
        return engine;
    }

    /** What was read last, for those who make engines themselves and then {@link #configure} them. */
    public SSLContext context() {
        return context;
    }

    /** Makes {@code engine}, which comes from {@link #context}, a server that does as the block says. */
    public void configure(SSLEngine engine) {
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                TlsVersion.protocols(tls.minVersion(), tls.maxVersion()).toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(tls.ownOrder());
        parameters.setCipherSuites(suites(parameters));
        if (!tls.groups().isEmpty()) {
            parameters.setNamedGroups(tls.groups().toArray(String[]::new));
        }
        if (tls.clientAuth().requires()) {
            parameters.setNeedClientAuth(true);
        } else if (tls.clientAuth() != ClientAuth.NONE) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
    }

    /**
     * The list rules TLS 1.2 only; the suites of TLS 1.3 are always on, as in Go. Where the list does not say, ChaCha20
     * comes first, as in Go on processors that do not help with AES: the quick compiler, which the launcher asks for, does
     * not use that help, and AES then takes three to four times as long.
     */
    private String[] suites(SSLParameters parameters) {
        Set<String> supported = Set.of(context.getSupportedSSLParameters().getCipherSuites());
        Set<String> suites = new LinkedHashSet<>(QUICKEST);
        suites.addAll(List.of(parameters.getCipherSuites()));
        suites.removeIf(
                suite -> !supported.contains(suite) || (!tls.cipherSuites().isEmpty() && suite.contains("_WITH_")));
        suites.addAll(tls.cipherSuites());
        return suites.toArray(String[]::new);
    }
}
