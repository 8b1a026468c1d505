package dev.tocsin.core.journal.codec;

import dev.tocsin.core.wire.WireBuffer;

/**
 * The bytes of texts that come again and again, which are names of configuration and groups. It keeps up to
 * 256 of them. For one thread.
 */
final class KnownTexts {
    private static final int SLOTS = 256;

    /** Longer ones are not kept. */
    private static final int MOST_LENGTH = 256;

    private final String[] texts = new String[SLOTS];
    private final byte[][] bytes = new byte[SLOTS][];

    /** As {@link WireBuffer#utf8}; not to be changed. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // an equal text that is another one is only not known
    byte[] utf8(String text) {
        int slot = text.hashCode() & SLOTS - 1;
        if (texts[slot] == text) {
            return bytes[slot];
        }
        byte[] encoded = WireBuffer.utf8(text);
        if (encoded.length <= MOST_LENGTH) {
            texts[slot] = text;
            bytes[slot] = encoded;
        }
        return encoded;
    }
}
