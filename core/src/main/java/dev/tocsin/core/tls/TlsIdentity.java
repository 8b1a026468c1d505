package dev.tocsin.core.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with the chain that proves it and its private key: what a node shows to prove who it is. Immutable.
 *
 * @param chain the own certificate first; not empty
 * @param key belongs to the first certificate
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    /** Copies the chain. */
    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads an identity.
     *
     * @param certificates PEM text with the certificates, the own one first
     * @param certificatesName how messages call it, such as a path
     * @param key PEM text with the key: PKCS#8, PKCS#1 or SEC 1
     * @param keyName how messages call it
     * @throws TlsException if one of them is broken or they do not belong together
     */
    public static TlsIdentity parse(String certificates, String certificatesName, String key, String keyName)
            throws TlsException {
        List<X509Certificate> chain = Certificates.parse(certificates, certificatesName);
        if (chain.isEmpty()) {
            throw new TlsException("no certificate found in " + certificatesName);
        }
        PrivateKey privateKey = PrivateKeys.read(PemBlock.parse(key), keyName);
        if (!belongTogether(chain.getFirst().getPublicKey(), privateKey)) {
            throw new TlsException(
                    "the private key in " + keyName + " does not belong to the certificate in " + certificatesName);
        }
        return new TlsIdentity(chain, privateKey);
    }

    /** Signs with one and verifies with the other, which works for every kind of key. */
    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) throws TlsException {
        String algorithm = privateKey.getAlgorithm();
        if (!algorithm.equals(publicKey.getAlgorithm())) {
            return false;
        }
        String scheme = switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(scheme);
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new TlsException("the private key cannot be used: " + e.getMessage(), e);
        }
    }
}
