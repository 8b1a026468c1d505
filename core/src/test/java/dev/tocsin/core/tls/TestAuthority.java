package dev.tocsin.core.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Issues certificates for tests: P-256 keys, X.509 written by hand (RFC 5280). */
public final class TestAuthority {
    private static final byte[] ECDSA_WITH_SHA256 =
            sequence(value(0x06, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02}));

    private final String name;
    private final KeyPair keys = keys();
    private long serial;

    /** A new authority. */
    public TestAuthority(String name) {
        this.name = name;
    }

    /** Writes {@code ca.pem}, {@code node.pem}, {@code node.key} and {@code tls.yml} that demands mutual TLS; returns the latter. */
    public Path writeFolder(Path folder, String ip) {
        write(folder, "node", ip);
        try {
            return Files.writeString(folder.resolve("tls.yml"), """
                    tls_server_config:
                      cert_file: node.pem
                      key_file: node.key
                      client_ca_file: ca.pem
                      client_auth_type: RequireAndVerifyClientCert
                    tls_client_config:
                      ca_file: ca.pem
                      cert_file: node.pem
                      key_file: node.key
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes {@code ca.pem} and a new certificate {@code <stem>.pem} with its key {@code <stem>.key}.
     *
     * @param alternativeName an IP address, or a DNS name
     */
    public void write(Path folder, String stem, String alternativeName) {
        KeyPair owner = keys();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", certificate(name, keys, true, "")));
            Files.writeString(
                    folder.resolve(stem + ".pem"),
                    pem("CERTIFICATE", certificate(stem, owner, false, alternativeName)));
            Files.writeString(
                    folder.resolve(stem + ".key"),
                    pem("PRIVATE KEY", owner.getPrivate().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] certificate(String subject, KeyPair subjectKeys, boolean authority, String alternative) {
        byte[] body = sequence(
                value(0xa0, value(0x02, new byte[] {2})),
                value(0x02, BigInteger.valueOf(++serial).toByteArray()),
                ECDSA_WITH_SHA256,
                distinguishedName(name),
                sequence(time("20200101000000Z"), time("20990101000000Z")),
                distinguishedName(subject),
                subjectKeys.getPublic().getEncoded(),
                value(0xa3, sequence(authority ? basicConstraints() : alternativeName(alternative))));
        return sequence(body, ECDSA_WITH_SHA256, value(0x03, join(new byte[] {0}, sign(body))));
    }

    private byte[] sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] distinguishedName(String commonName) {
        byte[] text = value(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(value(0x31, sequence(value(0x06, new byte[] {0x55, 0x04, 0x03}), text)));
    }

    private static byte[] time(String generalized) {
        return value(0x18, generalized.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] basicConstraints() {
        return sequence(
                value(0x06, new byte[] {0x55, 0x1d, 0x13}),
                value(0x01, new byte[] {(byte) 0xff}),
                value(0x04, sequence(value(0x01, new byte[] {(byte) 0xff}))));
    }

    private static byte[] alternativeName(String text) {
        byte[] name;
        try {
            name = value(0x87, InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            name = value(0x82, text.getBytes(StandardCharsets.US_ASCII));
        }
        return sequence(value(0x06, new byte[] {0x55, 0x1d, 0x11}), value(0x04, sequence(name)));
    }

    private static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    private static byte[] value(int tag, byte[]... parts) {
        byte[] content = join(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
