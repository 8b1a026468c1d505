package dev.tocsin.core.matcher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the structure of a regular expression: groups, alternatives, repetitions and what is quoted. It serves two ends:
 *
 * <ul>
 *   <li>It refuses expressions that RE2/J would compile into enormous programs, or that would exhaust its stack: RE2/J
 *       follows jumps (alternatives, options, group borders) by recursion. Go has such limits for its own engine, RE2/J
 *       has none.
 *   <li>It finds the alternatives at the top, so that long lists of them need no automaton of that size.
 * </ul>
 *
 * For one expression, on one thread. What is no expression at all is left for RE2/J to refuse.
 */
final class RegexScan {
    /** Go's limits on repetition counts, multiplied through nested groups, and on the depth of groups. */
    private static final int MAX_REPEAT = 1000;

    private static final int MAX_DEPTH = 1000;

    /** How long an expression may be. RE2/J's parser takes time that grows with the square of it. */
    private static final int MAX_LENGTH = 20_000;

    /** How many steps and jumps repetitions may unfold to. 2,000 jumps take some 300 KB of stack. */
    private static final long MAX_STEPS = 200_000;

    private static final long MAX_JUMPS = 2_000;

    /** Enough for {@code :^xdigit:]}, so that looking for the end of a class by name takes no time. */
    private static final int LONGEST_CLASS_NAME = 16;

    private final String text;
    private final boolean folding;
    private long folded;
    private final Deque<Group> open = new ArrayDeque<>();
    private final List<Integer> bars = new ArrayList<>();
    private Group group = new Group();
    private boolean plain = true;
    private int at;

    /** What a group has come to so far; {@code last} is its last piece, to which a repetition applies. */
    private static final class Group {
        long steps;
        long jumps;
        long repeat = 1;
        long lastSteps;
        long lastJumps;
        long lastRepeat = 1;

        void piece(long pieceSteps, long pieceJumps, long pieceRepeat) {
            steps += pieceSteps;
            jumps += pieceJumps;
            repeat = Math.max(repeat, pieceRepeat);
            lastSteps = pieceSteps;
            lastJumps = pieceJumps;
            lastRepeat = pieceRepeat;
        }

        void jump() {
            jumps++;
            lastJumps++;
        }
    }

    private RegexScan(String text) {
        this.text = text;
        this.folding = FoldedRanges.among(text);
    }

    /**
     * What an expression costs.
     *
     * @param steps of its program, about: each character of a text may meet all of them
     * @param folded how many characters RE2/J looks at to find those that match in either case
     */
    record Cost(long steps, long folded) {}

    /**
     * Refuses {@code text} if it is beyond the limits.
     *
     * @return what it costs if not
     */
    static Cost check(String text) throws InvalidMatcherException {
        RegexScan scan = new RegexScan(text);
        scan.scan();
        if (text.length() > MAX_LENGTH || scan.group.jumps > MAX_JUMPS || scan.folded > FoldedRanges.MAX_WIDTH) {
            throw refused("expression too large", text);
        }
        return new Cost(scan.group.steps + scan.group.jumps, scan.folded);
    }

    /**
     * The alternatives of {@code text}, whose borders are not within groups; {@code text} itself if they cannot be told
     * apart safely, as when flags or names reach from one to the next.
     */
    static List<String> alternatives(String text) {
        RegexScan scan = new RegexScan(text);
        if (!scan.isWhole()) {
            return List.of(text);
        }
        List<String> alternatives = new ArrayList<>();
        int start = 0;
        for (int bar : scan.bars) {
            alternatives.add(text.substring(start, bar));
            start = bar + 1;
        }
        alternatives.add(text.substring(start));
        return alternatives;
    }

    /** Whether {@code text} is whole in itself: each parenthesis in it has its partner in it, and flags end with it. */
    static boolean isBalanced(String text) {
        return new RegexScan(text).isWhole();
    }

    private boolean isWhole() {
        try {
            scan();
        } catch (InvalidMatcherException e) {
            return false;
        }
        return plain && open.isEmpty();
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
                case '*', '+', '?', '^', '$' -> group.jump();
                case '|' -> bar();
                default -> group.piece(1, 0, 1);
            }
        }
    }

    private void bar() {
        if (open.isEmpty()) {
            bars.add(at - 1);
        }
        group.piece(1, 1, 1);
    }

    private void escape() {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        if (c == 'Q') {
            int end = text.indexOf("\\E", at);
            int to = end < 0 ? text.length() : end;
            for (; at < to; at++) {
                group.piece(1, 0, 1);
            }
            at = end < 0 ? to : end + 2;
            plain &= end >= 0;
            return;
        }
        if ((c == 'x' || c == 'p' || c == 'P') && text.startsWith("{", at)) {
            int end = text.indexOf('}', at); // this brace is no repetition
            at = end < 0 ? text.length() : end + 1;
        }
        group.piece(1, c == 'b' || c == 'B' ? 1 : 0, 1);
    }

    /** A bracket may stand first in a class without ending it. */
    private void characterClass() {
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        int start = at;
        boolean first = true;
        boolean closed = false;
        while (at < text.length() && !closed) {
            char c = text.charAt(at++);
            closed = c == ']' && !first;
            first = false;
            if (c == '\\') {
                at++;
            } else if (c == '[' && text.startsWith(":", at)) {
                int end = text.indexOf(":]", at + 1, Math.min(text.length(), at + LONGEST_CLASS_NAME));
                at = end < 0 ? at : end + 2;
            }
        }
        plain &= closed;
        if (folding) {
            folded += FoldedRanges.width(text, start, at);
        }
        group.piece(1, 0, 1);
    }

    private void open() throws InvalidMatcherException {
        if (text.startsWith("?", at) && !text.startsWith("?:", at)) {
            plain = false;
        }
        open.push(group);
        if (open.size() > MAX_DEPTH) {
            throw refused("expression nests too deeply", text);
        }
        group = new Group();
    }

    private void close() throws InvalidMatcherException {
        if (open.isEmpty()) {
            plain = false;
            return;
        }
        Group inner = group;
        group = open.pop();
        group.piece(inner.steps + 2, inner.jumps + 2, inner.repeat);
        checkSize();
    }

    private void repetition(int start) throws InvalidMatcherException {
        int minEnd = endOfDigits(at);
        boolean range = text.startsWith(",", minEnd);
        int end = range ? endOfDigits(minEnd + 1) : minEnd;
        boolean unbounded = range && end == minEnd + 1;
        if (minEnd == at || !text.startsWith("}", end)) {
            group.piece(1, 0, 1); // no repetition, just a brace
            return;
        }
        int min = number(at, minEnd);
        int max = range && !unbounded ? number(minEnd + 1, end) : min;
        at = end + 1;
        int times = Math.max(min, max);
        if (group.lastRepeat * times > MAX_REPEAT) {
            throw refused("invalid repeat count", text.substring(start, at));
        }
        group.steps -= group.lastSteps;
        group.jumps -= group.lastJumps;
        long copies = Math.max(1, times);
        int options = times - min + (unbounded ? 1 : 0);
        group.piece(
                group.lastSteps * copies, group.lastJumps * copies + options, Math.max(1, group.lastRepeat * times));
        checkSize();
    }

    /** A long text without repetitions is no danger. */
    private void checkSize() throws InvalidMatcherException {
        if (group.steps > MAX_STEPS + 4L * text.length()) {
            throw refused("expression too large", text);
        }
    }

    private int endOfDigits(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** The number that the digits between two places make; numbers beyond the limit are cut. */
    private int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = Math.min(MAX_REPEAT + 1, value * 10 + text.charAt(i) - '0');
        }
        return value;
    }

    private static InvalidMatcherException refused(String reason, String where) {
        return new InvalidMatcherException("error parsing regexp: " + reason + ": `" + where + "`");
    }
}
