package dev.tocsin.core.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates from PEM text. Stateless. */
public final class Certificates {
    private Certificates() {}

    /**
     * All certificates of {@code pem}, in order.
     *
     * @param name how messages call the text, such as a path
     * @return may be empty
     * @throws TlsException if one of them is broken
     */
    public static List<X509Certificate> parse(String pem, String name) throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.parse(pem)) {
            if (!block.label().equals("CERTIFICATE") && !block.label().equals("TRUSTED CERTIFICATE")) {
                continue;
            }
            try {
                CertificateFactory factory = CertificateFactory.getInstance("X.509");
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            } catch (CertificateException e) {
                throw new TlsException("certificate " + (certificates.size() + 1) + " in " + name + " is broken", e);
            }
        }
        return List.copyOf(certificates);
    }
}
