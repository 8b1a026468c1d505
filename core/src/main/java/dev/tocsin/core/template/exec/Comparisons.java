package dev.tocsin.core.template.exec;

import dev.tocsin.core.label.Utf8Order;
import dev.tocsin.core.template.print.GoFormat;
import dev.tocsin.core.template.value.AlertFields;
import dev.tocsin.core.template.value.Bool;
import dev.tocsin.core.template.value.Budget;
import dev.tocsin.core.template.value.Dictionary;
import dev.tocsin.core.template.value.FunctionException;
import dev.tocsin.core.template.value.Imaginary;
import dev.tocsin.core.template.value.Items;
import dev.tocsin.core.template.value.KeyValues;
import dev.tocsin.core.template.value.Nil;
import dev.tocsin.core.template.value.Real;
import dev.tocsin.core.template.value.Text;
import dev.tocsin.core.template.value.Value;
import dev.tocsin.core.template.value.Whole;

/** {@code eq ne lt le gt ge}: only values of one kind compare. Stateless. */
final class Comparisons {
    private Comparisons() {}

    /** The kinds within which values compare. */
    private enum Kind {
        BOOL,
        WHOLE,
        REAL,
        COMPLEX,
        TEXT,
        OTHER
    }

    private static Kind kind(Value value) {
        return switch (value) {
            case Bool bool -> Kind.BOOL;
            case Whole whole -> Kind.WHOLE;
            case Real real -> Kind.REAL;
            case Imaginary imaginary -> Kind.COMPLEX;
            case Text text -> Kind.TEXT;
            default -> Kind.OTHER;
        };
    }

    /** Whether the first value equals one of the others. */
    static Value equal(Environment environment, Value[] values) throws FunctionException {
        if (values.length == 1) {
            throw new FunctionException("missing argument for comparison");
        }
        for (int i = 1; i < values.length; i++) {
            work(environment, values[0], values[i]);
            if (equal(environment.budget(), values[0], values[i])) {
                return Bool.TRUE;
            }
        }
        return Bool.FALSE;
    }

    /** Texts are compared to the end of the shorter one. */
    private static void work(Environment environment, Value a, Value b) {
        if (a instanceof Text(String first, var firstKind) && b instanceof Text(String second, var secondKind)) {
            environment.budget().work(Math.min(first.length(), second.length()));
        }
    }

    private static boolean isComparable(Value value) {
        return switch (value) {
            case Items items -> false;
            case KeyValues keyValues -> false;
            case Dictionary dictionary -> false;
            case AlertFields alert -> false;
            default -> true;
        };
    }

    private static boolean equal(Budget budget, Value a, Value b) throws FunctionException {
        if (a instanceof Nil || b instanceof Nil) {
            return a instanceof Nil && b instanceof Nil;
        }
        Kind kind = kind(a);
        if (kind != kind(b)) {
            throw incompatible(a, b);
        }
        return switch (kind) {
            case WHOLE -> ((Whole) a).value() == ((Whole) b).value();
            case REAL -> ((Real) a).value() == ((Real) b).value();
            case TEXT -> ((Text) a).value().equals(((Text) b).value());
            case BOOL, COMPLEX -> a.equals(b);
            case OTHER -> {
                if (!isComparable(a) || !isComparable(b)) {
                    throw notComparable(budget, a, b);
                }
                yield a.equals(b);
            }
        };
    }

    private static FunctionException notComparable(Budget budget, Value a, Value b) {
        String first = GoFormat.value(budget, a) + ": " + a.type();
        return new FunctionException(
                a.type().equals(b.type())
                        ? "non-comparable type " + first
                        : "non-comparable types " + first + ", " + b.type() + ": " + GoFormat.value(budget, b));
    }

    private static FunctionException incompatible(Value a, Value b) {
        return new FunctionException("incompatible types for comparison: " + a.type() + " and " + b.type());
    }

    /** Negative, zero or positive as {@code a} is less than, equal to or greater than {@code b}. */
    static int order(Environment environment, Value a, Value b) throws FunctionException {
        work(environment, a, b);
        Kind kind = kind(a);
        if (kind == Kind.OTHER || kind(b) == Kind.OTHER) {
            throw new FunctionException("invalid type for comparison");
        }
        if (kind != kind(b)) {
            throw incompatible(a, b);
        }
        return switch (kind) {
            case WHOLE -> Long.compare(((Whole) a).value(), ((Whole) b).value());
            case REAL -> Double.compare(((Real) a).value(), ((Real) b).value());
            case TEXT -> Utf8Order.compare(((Text) a).value(), ((Text) b).value());
            default -> throw new FunctionException("invalid type for comparison");
        };
    }
}
