package dev.tocsin.core.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a plain scalar stands for by the rules of YAML 1.1 as Go programs apply them: {@code yes}, {@code off} and
 * {@code y} are booleans, {@code 010} is eight, {@code 1_000} is a thousand, times of day and dates stay strings.
 */
public final class YamlResolver {
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger SIGNED_START = BigInteger.valueOf(Long.MIN_VALUE);

    private YamlResolver() {}

    /** Whether the scalar is the absent value. */
    public static boolean isNull(YamlNode.Scalar scalar) {
        if (scalar.explicitTag() != null) {
            return scalar.explicitTag().equals("!!null");
        }
        return scalar.plain() && isNullText(scalar.text());
    }

    /**
     * The value of a scalar.
     *
     * @return null, a {@link Boolean}, a {@link Long}, a {@link BigInteger} (beyond long, below 2^64), a {@link Double} or
     *     a {@link String}
     */
    public static @Nullable Object value(YamlNode.Scalar scalar) {
        String tag = scalar.explicitTag();
        if (tag == null) {
            return scalar.plain() ? value(scalar.text()) : scalar.text();
        }
        return switch (tag) {
            case "!!null" -> null;
            case "!!bool", "!!int", "!!float" -> value(scalar.text());
            default -> scalar.text();
        };
    }

    /** The value of a plain scalar with this text; see {@link #value(YamlNode.Scalar)}. */
    public static @Nullable Object value(String text) {
        if (isNullText(text)) {
            return null;
        }
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> false;
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            default -> {
                Object number = number(text);
                yield number == null ? text : number;
            }
        };
    }

    /**
     * A node as plain Java values: scalars as {@link #value(YamlNode.Scalar)}, {@link List}s, and {@link Map}s in the
     * order of the text. Keys keep their type. Merge keys are not heeded.
     */
    public static @Nullable Object value(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> value(scalar);
            case YamlNode.Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>(sequence.items().size());
                for (YamlNode item : sequence.items()) {
                    items.add(value(item));
                }
                yield items;
            }
            case YamlNode.Mapping mapping -> {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                for (YamlNode.Entry entry : mapping.entries()) {
                    entries.put(value(entry.key()), value(entry.value()));
                }
                yield entries;
            }
        };
    }

    static String tag(YamlNode.Scalar scalar) {
        return switch (value(scalar)) {
            case null -> "!!null";
            case Boolean bool -> "!!bool";
            case Long number -> "!!int";
            case BigInteger number -> "!!int";
            case Double number -> "!!float";
            default -> "!!str";
        };
    }

    private static boolean isNullText(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    private static @Nullable Object number(String text) {
        char first = text.charAt(0);
        if (!(first >= '0' && first <= '9') && first != '+' && first != '-' && first != '.') {
            return null;
        }
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        Object integer = first == '.' ? null : integer(plain);
        if (integer != null) {
            return integer;
        }
        return isFloat(plain) ? finite(plain) : null;
    }

    private static @Nullable Double finite(String plain) {
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? null : value;
    }

    private static @Nullable Object integer(String plain) {
        int at = 0;
        boolean negative = false;
        if (!plain.isEmpty() && (plain.charAt(0) == '-' || plain.charAt(0) == '+')) {
            negative = plain.charAt(0) == '-';
            at = 1;
        }
        int radix = 10;
        if (plain.length() - at > 1 && plain.charAt(at) == '0') {
            radix = switch (plain.charAt(at + 1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 0;
            };
            at += radix == 0 ? 1 : 2;
            radix = radix == 0 ? 8 : radix;
        }
        if (at >= plain.length() || plain.length() - at > 64) {
            return null;
        }
        for (int i = at; i < plain.length(); i++) {
            if (plain.charAt(i) > 'f' || Character.digit(plain.charAt(i), radix) < 0) {
                return null;
            }
        }
        BigInteger value = new BigInteger(plain.substring(at), radix);
        if (negative) {
            value = value.negate();
        }
        if (value.bitLength() < Long.SIZE) {
            return value.longValueExact();
        }
        boolean held = value.compareTo(SIGNED_START) >= 0 && value.compareTo(UNSIGNED_END) < 0;
        return held && plain.charAt(0) != '+' ? value : null;
    }

    /** Digits with at most one point and an optional exponent: {@code 1.}, {@code .5}, {@code 1e3}, {@code -1.5E-3}. */
    private static boolean isFloat(String plain) {
        int i = plain.startsWith("-") || plain.startsWith("+") ? 1 : 0;
        int whole = digits(plain, i);
        int at = whole;
        if (at < plain.length() && plain.charAt(at) == '.') {
            int fraction = digits(plain, at + 1);
            if (whole == i && fraction == at + 1) {
                return false;
            }
            at = fraction;
        } else if (whole == i) {
            return false;
        }
        if (at < plain.length() && (plain.charAt(at) == 'e' || plain.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < plain.length() && (plain.charAt(exponent) == '-' || plain.charAt(exponent) == '+')) {
                exponent++;
            }
            at = digits(plain, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == plain.length();
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
