package dev.tocsin.core.matcher;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Refuses expressions that RE2/J would compile into enormous programs or whose nesting would exhaust its stack. Go has
 * such limits and RE2/J has not. The check only needs the structure: groups, repetitions and what is quoted.
 */
final class RegexLimits {
    /** Go's limits on repetition counts, multiplied through nested groups, and on the depth of groups. */
    private static final int MAX_REPEAT = 1000;

    private static final int MAX_DEPTH = 1000;

    /** How many steps repetitions may unfold to. Go allows more, but not on a small heap. */
    private static final long MAX_UNFOLDED = 200_000;

    private final String text;
    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group();
    private int at;

    /** What a group has come to so far, and the same for its last piece, to which a repetition applies. */
    private static final class Group {
        long steps;
        long lastSteps;
        long repeat = 1;
        long lastRepeat = 1;

        void piece(long pieceSteps, long pieceRepeat) {
            steps += pieceSteps;
            lastSteps = pieceSteps;
            repeat = Math.max(repeat, pieceRepeat);
            lastRepeat = pieceRepeat;
        }
    }

    private RegexLimits(String text) {
        this.text = text;
    }

    static void check(String text) throws InvalidMatcherException {
        new RegexLimits(text).scan();
    }

    private void scan() throws InvalidMatcherException {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repetition(at - 1);
                case '*', '+', '?' -> group.steps++;
                case '|' -> group.piece(1, 1);
                default -> group.piece(1, 1);
            }
        }
    }

    private void escape() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        if (c == 'Q') {
            int end = text.indexOf("\\E", at);
            int to = end < 0 ? text.length() : end;
            for (; at < to; at++) {
                group.piece(1, 1);
            }
            at = end < 0 ? to : end + 2;
            return;
        }
        if ((c == 'x' || c == 'p' || c == 'P') && text.startsWith("{", at)) {
            int end = text.indexOf('}', at); // this brace is no repetition
            at = end < 0 ? text.length() : end + 1;
        }
        group.piece(1, 1);
    }

    /** A bracket may stand first in a class without ending it. */
    private void characterClass() {
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        boolean first = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == ']' && !first) {
                break;
            }
            first = false;
            if (c == '\\') {
                at++;
            } else if (c == '[' && text.startsWith(":", at)) {
                int end = text.indexOf(":]", at + 1);
                at = end < 0 ? at : end + 2;
            }
        }
        group.piece(1, 1);
    }

    private void open() throws InvalidMatcherException {
        open.push(group);
        if (open.size() > MAX_DEPTH) {
            throw refused("expression nests too deeply", text);
        }
        group = new Group();
    }

    private void close() throws InvalidMatcherException {
        if (!open.isEmpty()) {
            Group inner = group;
            group = open.pop();
            group.piece(inner.steps + 2, inner.repeat);
            checkSize();
        }
    }

    private void repetition(int start) throws InvalidMatcherException {
        int end = text.indexOf('}', at);
        int comma = text.indexOf(',', at);
        int min = end < 0 ? -1 : number(at, comma >= 0 && comma < end ? comma : end);
        if (min < 0) {
            group.piece(1, 1); // no repetition, just a brace
            return;
        }
        int max = min;
        if (comma >= 0 && comma < end) {
            max = comma + 1 == end ? min : number(comma + 1, end);
            if (max < 0) {
                group.piece(1, 1);
                return;
            }
        }
        at = end + 1;
        int times = Math.max(min, max);
        long repeat = group.lastRepeat * times;
        if (repeat > MAX_REPEAT) {
            throw refused("invalid repeat count", text.substring(start, at));
        }
        group.steps -= group.lastSteps;
        group.piece(group.lastSteps * Math.max(1, times), Math.max(1, repeat));
        checkSize();
    }

    /** A long text without repetitions is no danger. */
    private void checkSize() throws InvalidMatcherException {
        if (group.steps > MAX_UNFOLDED + 4L * text.length()) {
            throw refused("expression too large", text);
        }
    }

    /** The number between two places, or -1 if there is anything but digits; numbers beyond the limit are cut. */
    private int number(int from, int to) {
        if (from >= to) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = Math.min(MAX_REPEAT + 1, value * 10 + c - '0');
        }
        return value;
    }

    private static InvalidMatcherException refused(String reason, String where) {
        return new InvalidMatcherException("error parsing regexp: " + reason + ": `" + where + "`");
    }
}
