package dev.tocsin.core.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of PEM text (RFC 7468): what stands between its BEGIN and END lines. Immutable. */
public final class PemBlock {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String label;
    private final boolean encrypted;
    private final byte[] der;

    private PemBlock(String label, boolean encrypted, byte[] der) {
        this.label = label;
        this.encrypted = encrypted;
        this.der = der;
    }

    /** The words after BEGIN, such as {@code CERTIFICATE}. */
    public String label() {
        return label;
    }

    /** Whether the block has the headers of the old OpenSSL encryption. */
    public boolean encrypted() {
        return encrypted;
    }

    /** The decoded bytes; a copy. */
    public byte[] der() {
        return der.clone();
    }

    /**
     * The blocks of {@code text} in order; text around them is skipped, as everybody does.
     *
     * @return may be empty
     * @throws TlsException if a block has no end or is not base64
     */
    public static List<PemBlock> parse(String text) throws TlsException {
        List<PemBlock> blocks = new ArrayList<>();
        int from = 0;
        while (true) {
            int begin = text.indexOf(BEGIN, from);
            if (begin < 0) {
                return List.copyOf(blocks);
            }
            int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
            if (labelEnd < 0) {
                throw new TlsException("PEM: a BEGIN line has no end");
            }
            String label = text.substring(begin + BEGIN.length(), labelEnd);
            String end = END + label + DASHES;
            int bodyEnd = text.indexOf(end, labelEnd);
            if (bodyEnd < 0) {
                throw new TlsException("PEM: the block " + label + " has no END line");
            }
            blocks.add(block(label, text.substring(labelEnd + DASHES.length(), bodyEnd)));
            from = bodyEnd + end.length();
        }
    }

    private static PemBlock block(String label, String body) throws TlsException {
        boolean encrypted = false;
        StringBuilder base64 = new StringBuilder(body.length());
        for (String line : body.lines().toList()) {
            if (line.indexOf(':') >= 0) { // RFC 1421 headers, which only encrypted keys have
                encrypted |= line.contains("ENCRYPTED");
            } else {
                base64.append(line.strip());
            }
        }
        if (encrypted) {
            return new PemBlock(label, true, new byte[0]);
        }
        try {
            return new PemBlock(label, false, Base64.getDecoder().decode(base64.toString()));
        } catch (IllegalArgumentException e) {
            throw new TlsException("PEM: the block " + label + " is not base64", e);
        }
    }
}
