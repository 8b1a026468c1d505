package dev.tocsin.core.template.print;

import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;
import java.util.List;

/**
 * Go's {@code print}, {@code println} and {@code printf}. What does not fit is part of the output:
 * {@code %!d(string=x)}. For one formatting, on one thread.
 */
public final class GoFormat {
    /** Wider fields than this are taken for a mistake. */
    private static final int MAX_NUMBER = 1_000_000;

    private final String format;
    private final List<Value> arguments;
    private final Output out;
    private final Flags flags = new Flags();
    private final Printer printer;
    private int at;
    private int argument;
    private boolean reordered;
    private boolean goodIndex = true;

    private GoFormat(String format, List<Value> arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.out = new Output(budget);
        this.printer = new Printer(out, flags);
    }

    /** One value as {@code %v}. */
    public static String value(Budget budget, Value value) {
        return Printer.plain(budget, value);
    }

    /** Appends one value as {@code %v}. */
    public static void value(Output out, Value value) {
        Printer.plain(out, value);
    }

    /** All values, with spaces between those of which neither is a text. */
    public static String print(Budget budget, List<Value> values) {
        Output out = new Output(budget);
        boolean text = true;
        for (Value value : values) {
            boolean isText = value instanceof Text;
            if (out.length() > 0 && !text && !isText) {
                out.append(' ');
            }
            Printer.plain(out, value);
            text = isText;
        }
        return out.toString();
    }

    /** All values with spaces between them, and a line feed. */
    public static String println(Budget budget, List<Value> values) {
        Output out = new Output(budget);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            Printer.plain(out, values.get(i));
        }
        return out.append('\n').toString();
    }

    /** {@code arguments} in the places that {@code format} has for them. */
    public static String printf(Budget budget, String format, List<Value> arguments) {
        return new GoFormat(format, arguments, budget).printf();
    }

    private String printf() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format.substring(at));
                break;
            }
            out.append(format.substring(at, percent));
            at = percent + 1;
            verb();
        }
        if (!reordered && argument < arguments.size()) {
            extra();
        }
        return out.toString();
    }

    private void verb() {
        flags.clear();
        goodIndex = true;
        while (at < format.length() && flags.take(format.charAt(at))) {
            at++;
        }
        boolean indexed = index();
        if (accept('*')) {
            width();
            indexed = false;
        } else {
            int width = number();
            flags.width = width;
            if (indexed && width != Flags.NONE) {
                goodIndex = false;
            }
        }
        if (accept('.')) {
            if (indexed) {
                goodIndex = false;
            }
            indexed = index();
            if (accept('*')) {
                precision();
                indexed = false;
            } else {
                int precision = number();
                flags.precision = Math.max(0, precision);
            }
        }
        if (!indexed) {
            index();
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int c = format.codePointAt(at);
        at += Character.charCount(c);
        print(c);
    }

    private void print(int c) {
        if (c == '%') {
            out.append('%');
        } else if (!goodIndex) {
            bad(c, "BADINDEX");
        } else if (argument >= arguments.size()) {
            bad(c, "MISSING");
        } else {
            // Verbs beyond ASCII mean nothing to any value.
            char verb = c < 0x80 ? (char) c : '?';
            flags.forVerb(verb);
            printer.print(arguments.get(argument++), verb, 0);
        }
    }

    private void bad(int verb, String what) {
        out.append("%!")
                .append(Character.toString(verb))
                .append('(')
                .append(what)
                .append(')');
    }

    private void width() {
        int value = star();
        if (value == Flags.NONE) {
            out.append("%!(BADWIDTH)");
        } else if (value < 0) {
            flags.minus = true;
            flags.zero = false;
            flags.width = -value;
        } else {
            flags.width = value;
        }
    }

    private void precision() {
        int value = star();
        if (value < 0) {
            flags.precision = Flags.NONE;
            if (value == Flags.NONE) {
                out.append("%!(BADPREC)");
            }
        } else {
            flags.precision = value;
        }
    }

    /** The whole number that is the next argument; {@link Flags#NONE} if it is none. */
    private int star() {
        if (argument < arguments.size()) {
            Value value = arguments.get(argument++);
            if (value instanceof Whole whole && Math.abs(whole.value()) <= MAX_NUMBER) {
                return (int) whole.value();
            }
        }
        return Flags.NONE;
    }

    private boolean accept(char c) {
        boolean there = at < format.length() && format.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /** A number at this place; {@link Flags#NONE} if there is none. One that is too large is read and left out. */
    private int number() {
        int start = at;
        int value = 0;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            value = Math.min(MAX_NUMBER + 1, value * 10 + format.charAt(at++) - '0');
        }
        return at == start || value > MAX_NUMBER ? Flags.NONE : value;
    }

    /** Takes {@code [n]}, which makes the argument of that number the next one. */
    private boolean index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return false;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0) {
            goodIndex = false;
            at++;
            return false;
        }
        at++;
        int value = number();
        boolean valid = at == close && value >= 1 && value <= arguments.size();
        at = close + 1;
        if (valid) {
            argument = value - 1;
        } else {
            goodIndex = false;
        }
        return valid;
    }

    private void extra() {
        flags.clear();
        out.append("%!(EXTRA ");
        for (int i = argument; i < arguments.size(); i++) {
            if (i > argument) {
                out.append(", ");
            }
            Value value = arguments.get(i);
            if (value instanceof Nil) {
                out.append("<nil>");
            } else {
                out.append(value.type()).append('=');
                printer.print(value, 'v', 0);
            }
        }
        out.append(')');
    }
}
