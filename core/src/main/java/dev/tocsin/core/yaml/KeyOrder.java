package dev.tocsin.core.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The order in which maps with free keys are printed: numbers inside keys count as numbers ({@code a2} before
 * {@code a10}), and letters come after everything else.
 */
final class KeyOrder {
    /** The keys in order. Insertion sort, because the order is not quite transitive where numbers and letters mix. */
    List<String> sorted(Collection<String> keys) {
        List<String> sorted = new ArrayList<>(keys.size());
        for (String key : keys) {
            int at = sorted.size();
            while (at > 0 && compare(key, sorted.get(at - 1)) < 0) {
                at--;
            }
            sorted.add(at, key);
        }
        return sorted;
    }

    int compare(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        int same = 0;
        while (same < left.length && same < right.length && left[same] == right[same]) {
            same++;
        }
        if (same == left.length || same == right.length) {
            return Integer.compare(left.length, right.length);
        }
        boolean leftLetter = Character.isLetter(left[same]);
        boolean rightLetter = Character.isLetter(right[same]);
        if (leftLetter || rightLetter) {
            return leftLetter && rightLetter ? Integer.compare(left[same], right[same]) : leftLetter ? 1 : -1;
        }
        boolean insideNumber = (left[same] == '0' || right[same] == '0') && followsDigit(left, same);
        long leftNumber = number(left, same, insideNumber);
        long rightNumber = number(right, same, insideNumber);
        if (leftNumber != rightNumber) {
            return Long.compare(leftNumber, rightNumber);
        }
        int digits = Integer.compare(digitsEnd(left, same), digitsEnd(right, same));
        return digits != 0 ? digits : Integer.compare(left[same], right[same]);
    }

    /** Whether a digit other than zero stands in the run of digits before {@code at}. */
    private static boolean followsDigit(int[] text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
            if (text[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static long number(int[] text, int from, boolean insideNumber) {
        long value = insideNumber ? 1 : 0;
        for (int i = from; i < digitsEnd(text, from); i++) {
            value = value * 10 + Character.digit(text[i], 10);
        }
        return value;
    }

    private static int digitsEnd(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }
}
