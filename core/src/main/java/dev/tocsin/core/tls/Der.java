package dev.tocsin.core.tls;

import java.util.Arrays;

/** The little of DER (X.690) that wrapping private keys takes. */
final class Der {
    private Der() {}

    /** A value of {@code tag} that holds {@code parts} one after the other. */
    static byte[] of(byte tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        int lengthBytes = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        byte[] der = new byte[2 + lengthBytes + length];
        der[0] = tag;
        der[1] = (byte) (lengthBytes == 0 ? length : 0x80 | lengthBytes);
        for (int i = 0; i < lengthBytes; i++) {
            der[2 + i] = (byte) (length >> (8 * (lengthBytes - 1 - i)));
        }
        int at = 2 + lengthBytes;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, der, at, part.length);
            at += part.length;
        }
        return der;
    }

    /** Walks through the values of a DER text. Every method throws {@link IllegalArgumentException} at broken input. */
    static final class Reader {
        private final byte[] der;
        private final int end;
        private int at;

        Reader(byte[] der) {
            this(der, 0, der.length);
        }

        private Reader(byte[] der, int at, int end) {
            this.der = der;
            this.at = at;
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        /** The tag of the next value. */
        byte tag() {
            return byteAt(at);
        }

        /** A reader of the content of the next value, which must have {@code tag}; this reader goes past it. */
        Reader enter(byte tag) {
            if (tag() != tag) {
                throw new IllegalArgumentException("DER: tag " + tag() + " where " + tag + " was expected");
            }
            return next();
        }

        /** Goes past the next value. */
        void skip() {
            next();
        }

        /** What is left. */
        byte[] rest() {
            return Arrays.copyOfRange(der, at, end);
        }

        private Reader next() {
            int length = byteAt(at + 1) & 0xff;
            int content = at + 2;
            if (length >= 0x80) {
                int lengthBytes = length & 0x7f;
                if (lengthBytes == 0 || lengthBytes > 3) {
                    throw new IllegalArgumentException("DER: length of " + lengthBytes + " bytes");
                }
                length = 0;
                for (int i = 0; i < lengthBytes; i++) {
                    length = (length << 8) | (byteAt(content++) & 0xff);
                }
            }
            if (length > end - content) {
                throw new IllegalArgumentException("DER: value longer than its container");
            }
            at = content + length;
            return new Reader(der, content, at);
        }

        private byte byteAt(int index) {
            if (index >= end) {
                throw new IllegalArgumentException("DER: value ends too early");
            }
            return der[index];
        }
    }
}
