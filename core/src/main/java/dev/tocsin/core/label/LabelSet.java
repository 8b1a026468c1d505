package dev.tocsin.core.label;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of label pairs, sorted by name in UTF-8 byte order. Annotations use the same type.
 *
 * <p>Names are unique. The fingerprint is computed once. Instances are safe to share between threads.
 */
public final class LabelSet implements Comparable<LabelSet> {
    /** The set without labels. */
    public static final LabelSet EMPTY = new LabelSet(new String[0]);

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** name, value, name, value, ... */
    private final String[] pairs;

    private final long fingerprint;
    private final boolean ascii;

    private LabelSet(String[] pairs) {
        long hash = FNV_OFFSET;
        boolean plain = true;
        for (String text : pairs) {
            long sum = hash;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= 0x80) {
                    plain = false;
                    sum = fnvBytes(hash, text);
                    break;
                }
                sum = (sum ^ c) * FNV_PRIME;
            }
            hash = (sum ^ 0xff) * FNV_PRIME;
        }
        this.pairs = pairs;
        this.fingerprint = hash;
        this.ascii = plain;
    }

    /** A set with the entries of {@code labels}, in any order. */
    public static LabelSet of(Map<String, String> labels) {
        String[] pairs = new String[labels.size() * 2];
        int i = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            pairs[i++] = label.getKey();
            pairs[i++] = label.getValue();
        }
        return ofPairs(pairs);
    }

    /**
     * A set from alternating names and values in any order; the last one of equal names wins.
     *
     * @throws IllegalArgumentException if the number of strings is odd
     */
    public static LabelSet of(String... namesAndValues) {
        return ofPairs(namesAndValues.clone());
    }

    /**
     * As {@link #of(String...)}, taking ownership of the array, which the caller must not touch again. This is the
     * decoder's way in: an array that is sorted already is neither copied nor sorted.
     */
    public static LabelSet ofPairs(String[] pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("odd number of names and values: " + pairs.length);
        }
        if (pairs.length == 0) {
            return EMPTY;
        }
        for (int i = 2; i < pairs.length; i += 2) {
            if (Utf8Order.compare(pairs[i - 2], pairs[i]) >= 0) {
                return new LabelSet(sorted(pairs));
            }
        }
        return new LabelSet(pairs);
    }

    private static String[] sorted(String[] pairs) {
        int count = pairs.length / 2;
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Utf8Order.compare(pairs[a * 2], pairs[b * 2]));
        String[] result = new String[pairs.length];
        int filled = 0;
        for (int at : order) {
            String name = pairs[at * 2];
            if (filled > 0 && result[filled - 2].equals(name)) {
                filled -= 2;
            }
            result[filled++] = name;
            result[filled++] = pairs[at * 2 + 1];
        }
        return filled == result.length ? result : Arrays.copyOf(result, filled);
    }

    /** The number of labels. */
    public int size() {
        return pairs.length / 2;
    }

    /** Whether there are no labels. */
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** Whether all its names and values have nothing but ASCII characters, so that each is one byte in UTF-8. */
    public boolean isAscii() {
        return ascii;
    }

    /** The name of label {@code index}, counted from 0 in sorted order. */
    public String name(int index) {
        return pairs[index * 2];
    }

    /** The value of label {@code index}, counted from 0 in sorted order. */
    public String value(int index) {
        return pairs[index * 2 + 1];
    }

    /** The value of the label called {@code name}, or null if there is none. */
    public @Nullable String find(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** The value of the label called {@code name}; a missing label is the empty string, as in every matcher. */
    public String get(String name) {
        String value = find(name);
        return value == null ? "" : value;
    }

    /** Calls {@code action} with each name and value in sorted order. */
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** The labels as an unmodifiable map in sorted order; built anew at each call. */
    public Map<String, String> toMap() {
        Map<String, String> map = LinkedHashMap.newLinkedHashMap(size());
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    /** This set without the labels whose value is empty; this same instance if there are none. */
    public LabelSet withoutEmptyValues() {
        int kept = 0;
        for (int i = 1; i < pairs.length; i += 2) {
            if (!pairs[i].isEmpty()) {
                kept++;
            }
        }
        if (kept == size()) {
            return this;
        }
        String[] result = new String[kept * 2];
        int filled = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                result[filled++] = pairs[i];
                result[filled++] = pairs[i + 1];
            }
        }
        return ofPairs(result);
    }

    /**
     * FNV-1a, 64 bit, over each name, byte 0xFF, value, byte 0xFF (contract section 4.4). Clients see it as the alert's
     * fingerprint.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** {@link #fingerprint()} as 16 lower-case hexadecimal digits. */
    public String fingerprintText() {
        return fingerprintText(fingerprint);
    }

    /** A fingerprint as 16 lower-case hexadecimal digits. */
    public static String fingerprintText(long fingerprint) {
        String digits = Long.toHexString(fingerprint);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static long fnvBytes(long start, String text) {
        long h = start;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xff)) * FNV_PRIME;
        }
        return h;
    }

    /**
     * The order of groups and, within a job and instance, of alerts (contract sections 5.2 and 7.7): fewer labels first.
     * Among equally many, the first label by name on which the sets differ decides: by its value, or, if only one set has
     * it, the other set comes first. All in UTF-8 byte order.
     */
    @Override
    public int compareTo(LabelSet other) {
        if (pairs.length != other.pairs.length) {
            return Integer.compare(pairs.length, other.pairs.length);
        }
        for (int i = 0; i < pairs.length; i += 2) {
            int order = Utf8Order.compare(other.pairs[i], pairs[i]);
            if (order == 0) {
                order = Utf8Order.compare(pairs[i + 1], other.pairs[i + 1]);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof LabelSet set && fingerprint == set.fingerprint && Arrays.equals(pairs, set.pairs));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint);
    }

    /** The text that group keys contain: <code>{a="x", b="y"}</code>, names as they are, values quoted as Go does. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(pairs.length * 12 + 2).append('{');
        for (int i = 0; i < pairs.length; i += 2) {
            if (i > 0) {
                out.append(", ");
            }
            out.append(pairs[i]).append('=');
            GoQuote.append(out, pairs[i + 1]);
        }
        return out.append('}').toString();
    }
}
