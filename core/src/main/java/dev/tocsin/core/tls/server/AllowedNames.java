package dev.tocsin.core.tls.server;

import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes a client that another trust manager believes, if its certificate carries one of some names. Immutable. */
final class AllowedNames extends X509ExtendedTrustManager {
    private static final int MAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    private final X509ExtendedTrustManager authorities;
    private final Set<String> names;
    private final Set<InetAddress> addresses;

    /** @param names alternative names as text: DNS names, IP addresses, URIs or e-mail addresses */
    AllowedNames(X509ExtendedTrustManager authorities, Collection<String> names) {
        this.authorities = authorities;
        this.names = Set.copyOf(names);
        Set<InetAddress> numeric = new HashSet<>();
        for (String name : names) {
            try {
                numeric.add(InetAddress.ofLiteral(name));
            } catch (IllegalArgumentException e) {
                // a name, not an address
            }
        }
        this.addresses = Set.copyOf(numeric);
    }

    private void check(X509Certificate certificate) throws CertificateException {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> name : all) {
                    if (isAllowed((Integer) name.get(0), String.valueOf(name.get(1)))) {
                        return;
                    }
                }
            }
        } catch (CertificateParsingException e) {
            throw new CertificateException("the alternative names cannot be read", e);
        }
        throw new CertificateException("the certificate has none of the allowed alternative names");
    }

    /** Addresses have several spellings, so they are compared as numbers. */
    private boolean isAllowed(int kind, String text) {
        return switch (kind) {
            case MAIL, DNS, URI -> names.contains(text);
            case IP -> addresses.contains(InetAddress.ofLiteral(text));
            default -> false;
        };
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkClientTrusted(chain, type);
        check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        authorities.checkClientTrusted(chain, type, socket);
        check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        authorities.checkClientTrusted(chain, type, engine);
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        authorities.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        authorities.checkServerTrusted(chain, type, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
