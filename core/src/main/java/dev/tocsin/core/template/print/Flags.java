package dev.tocsin.core.template.print;

/** What stands between the percent sign and the verb. For one formatting, on one thread. */
final class Flags {
    static final int NONE = -1;

    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;
    /** {@code %+v}: structures show the names of their fields. */
    boolean plusV;
    /** {@code %#v}: values show as Go source. */
    boolean sharpV;

    int width = NONE;
    int precision = NONE;

    void clear() {
        plus = false;
        minus = false;
        sharp = false;
        space = false;
        zero = false;
        plusV = false;
        sharpV = false;
        width = NONE;
        precision = NONE;
    }

    /** Takes a flag; false if the character is none. */
    boolean take(char c) {
        switch (c) {
            case '+' -> plus = true;
            case '-' -> minus = true;
            case '#' -> sharp = true;
            case ' ' -> space = true;
            case '0' -> zero = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** For {@code %v} two flags mean something else. */
    void forVerb(char verb) {
        if (verb == 'v') {
            sharpV = sharp;
            sharp = false;
            plusV = plus;
            plus = false;
        }
    }

    /** Appends {@code text}, filled up to the width, which counts code points. */
    void pad(Output out, String text) {
        int missing = width == NONE ? 0 : width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            out.append(text);
        } else if (minus) {
            out.append(text).repeat(' ', missing);
        } else {
            out.repeat(zero ? '0' : ' ', missing).append(text);
        }
    }
}
