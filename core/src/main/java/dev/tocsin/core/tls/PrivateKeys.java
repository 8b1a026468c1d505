package dev.tocsin.core.tls;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a private key in the forms that OpenSSL writes: PKCS#8, PKCS#1 (RSA) and SEC 1 (EC). The JDK reads PKCS#8 only,
 * so the others are wrapped into it. Stateless.
 */
final class PrivateKeys {
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final byte OBJECT_ID = 0x06;
    /** Context tag 0: the curve in a SEC 1 key. */
    private static final byte CURVE = (byte) 0xa0;

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    /** The object id of an algorithm as it stands in PKCS#8, and the JDK's name. */
    private static final List<String[]> ALGORITHMS = List.of(
            new String[] {"2a864886f70d010101", "RSA"},
            new String[] {"2a864886f70d01010a", "RSASSA-PSS"},
            new String[] {"2a8648ce3d0201", "EC"},
            new String[] {"2b6570", "Ed25519"},
            new String[] {"2b6571", "Ed448"});

    private PrivateKeys() {}

    /**
     * The first private key among the blocks.
     *
     * @param where how messages call the source
     * @throws TlsException if there is none, it is encrypted, broken or of an unknown kind
     */
    static PrivateKey read(List<PemBlock> blocks, String where) throws TlsException {
        byte[] curve = new byte[0];
        for (PemBlock block : blocks) {
            if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
                throw new TlsException("the private key in " + where + " is encrypted, which is not supported");
            }
            switch (block.label()) {
                case "EC PARAMETERS" -> curve = block.der();
                case "PRIVATE KEY" -> {
                    return pkcs8(block.der(), where);
                }
                case "RSA PRIVATE KEY" -> {
                    return key("RSA", Der.of(SEQUENCE, VERSION_0, RSA, Der.of(OCTET_STRING, block.der())), where);
                }
                case "EC PRIVATE KEY" -> {
                    return sec1(block.der(), curve, where);
                }
                default -> {}
            }
        }
        throw new TlsException("no private key found in " + where);
    }

    private static PrivateKey pkcs8(byte[] der, String where) throws TlsException {
        try {
            Der.Reader key = new Der.Reader(der).enter(SEQUENCE);
            key.skip(); // version
            String algorithm = HexFormat.of()
                    .formatHex(key.enter(SEQUENCE).enter(OBJECT_ID).rest());
            for (String[] known : ALGORITHMS) {
                if (known[0].equals(algorithm)) {
                    return key(known[1], der, where);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new TlsException("the private key in " + where + " is broken", e);
        }
        throw new TlsException("the private key in " + where + " is of an unknown kind");
    }

    private static PrivateKey sec1(byte[] der, byte[] parameters, String where) throws TlsException {
        byte[] curve = parameters;
        try {
            Der.Reader key = new Der.Reader(der).enter(SEQUENCE);
            while (key.hasMore()) {
                if (key.tag() == CURVE) {
                    curve = key.enter(CURVE).rest();
                    break;
                }
                key.skip();
            }
        } catch (IllegalArgumentException e) {
            throw new TlsException("the private key in " + where + " is broken", e);
        }
        if (curve.length == 0) {
            throw new TlsException("the EC private key in " + where + " does not name its curve");
        }
        byte[] algorithm = Der.of(SEQUENCE, EC_PUBLIC_KEY, curve);
        return key("EC", Der.of(SEQUENCE, VERSION_0, algorithm, Der.of(OCTET_STRING, der)), where);
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8, String where) throws TlsException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
            throw new TlsException("the private key in " + where + " is broken", e);
        }
    }
}
