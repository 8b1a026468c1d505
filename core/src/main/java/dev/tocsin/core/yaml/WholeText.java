package dev.tocsin.core.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The text as the library's scanner reads it. The library's own reader takes it in pieces and copies what is not consumed
 * yet for each of them: a scalar of some megabytes took it minutes. Here all is there from the start. Not for several
 * threads.
 */
final class WholeText extends StreamReader {
    /** A text is refused for a character when the scanner comes this close: what is wrong before it is told first. */
    private static final int AHEAD = 1024;

    /** Positions are told without the words around them: nobody prints those. */
    private static final int[] NO_WORDS = {};

    private final int[] text;
    private final int unprintable;
    private int at;
    private int documentAt;
    private int line;
    private int column;

    WholeText(String text) {
        super("");
        this.text = codePoints(text);
        this.unprintable = firstUnprintable(this.text);
    }

    private static int[] codePoints(String text) {
        int[] points = new int[text.codePointCount(0, text.length())];
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            points[count] = text.codePointAt(i);
            i += Character.charCount(points[count]);
        }
        return points;
    }

    private static int firstUnprintable(int[] text) {
        for (int i = 0; i < text.length; i++) {
            if (!isPrintable(text[i])) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** What stands {@code ahead} of the next character; 0 behind the end. */
    @Override
    public int peek(int ahead) {
        int where = at + ahead;
        if (where >= unprintable - AHEAD) {
            refuse(where);
        }
        return where < text.length ? text[where] : 0;
    }

    private void refuse(int where) {
        if (where / AHEAD >= unprintable / AHEAD) {
            throw new ReaderException("text", unprintable, text[unprintable], "special characters are not allowed");
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < text.length; i++) {
            int passed = peek(0);
            move(1);
            if (isBreak(passed) || (passed == '\r' && at < text.length && text[at] != '\n')) {
                line++;
                column = 0;
            } else if (passed != '\ufeff') {
                column++;
            }
        }
    }

    private static boolean isBreak(int point) {
        return point == '\n' || point == '\u0085' || point == '\u2028' || point == '\u2029';
    }

    @Override
    public String prefix(int length) {
        int taken = Math.min(length, text.length - at);
        if (taken <= 0) {
            return "";
        }
        peek(taken - 1);
        return new String(text, at, taken);
    }

    /** The caller knows that there is no line break in it. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        move(length);
        column += length;
        return prefix;
    }

    private void move(int length) {
        at += length;
        documentAt += length;
    }

    @Override
    public Mark getMark() {
        return new Mark("text", at, line, column, NO_WORDS, 0);
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getDocumentIndex() {
        return documentAt;
    }

    @Override
    public void resetDocumentIndex() {
        documentAt = 0;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getColumn() {
        return column;
    }
}
