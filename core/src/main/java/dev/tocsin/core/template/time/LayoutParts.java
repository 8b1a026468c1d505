package dev.tocsin.core.template.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a layout apart. For one layout, on one thread. */
final class LayoutParts {
    private static final List<String> OFFSETS = List.of("070000", "07:00:00", "0700", "07:00", "07");

    private final String layout;

    private LayoutParts(String layout) {
        this.layout = layout;
    }

    static List<LayoutPart> of(String layout) {
        return new LayoutParts(layout).parts();
    }

    private List<LayoutPart> parts() {
        List<LayoutPart> parts = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < layout.length()) {
            LayoutPart part = partAt(at);
            if (part == null) {
                at++;
                continue;
            }
            if (at > from) {
                parts.add(new LayoutPart(LayoutToken.LITERAL, layout.substring(from, at)));
            }
            parts.add(part);
            at += part.text().length();
            from = at;
        }
        if (from < layout.length()) {
            parts.add(new LayoutPart(LayoutToken.LITERAL, layout.substring(from)));
        }
        return parts;
    }

    private @Nullable LayoutPart partAt(int at) {
        return switch (layout.charAt(at)) {
            case 'J' -> name(at, "January", LayoutToken.LONG_MONTH, "Jan", LayoutToken.MONTH);
            case 'M' -> {
                LayoutPart day = name(at, "Monday", LayoutToken.LONG_WEEKDAY, "Mon", LayoutToken.WEEKDAY);
                yield day == null ? first(at, "MST", LayoutToken.ZONE_NAME) : day;
            }
            case '0' -> zero(at);
            case '1' -> first(at, "15", LayoutToken.HOUR, "1", LayoutToken.NUMBER_MONTH);
            case '2' -> first(at, "2006", LayoutToken.LONG_YEAR, "2", LayoutToken.DAY);
            case '_' ->
                layout.startsWith("_2006", at)
                        ? null
                        : first(at, "__2", LayoutToken.SPACE_YEAR_DAY, "_2", LayoutToken.SPACE_DAY);
            case '3' -> first(at, "3", LayoutToken.HOUR_12);
            case '4' -> first(at, "4", LayoutToken.MINUTE);
            case '5' -> first(at, "5", LayoutToken.SECOND);
            case 'P' -> first(at, "PM", LayoutToken.UPPER_HALF);
            case 'p' -> first(at, "pm", LayoutToken.LOWER_HALF);
            case 'Z' -> offset(at, LayoutToken.ZULU_OFFSET);
            case '-' -> offset(at, LayoutToken.OFFSET);
            case '.', ',' -> fraction(at);
            default -> null;
        };
    }

    private @Nullable LayoutPart first(int at, String text, LayoutToken token) {
        return layout.startsWith(text, at) ? new LayoutPart(token, text) : null;
    }

    private @Nullable LayoutPart first(int at, String text, LayoutToken token, String other, LayoutToken otherToken) {
        LayoutPart part = first(at, text, token);
        return part == null ? first(at, other, otherToken) : part;
    }

    /** A name in full or in short; the short one does not count as the beginning of a word. */
    private @Nullable LayoutPart name(int at, String full, LayoutToken token, String brief, LayoutToken briefToken) {
        LayoutPart part = first(at, full, token);
        int end = at + brief.length();
        boolean inWord = end < layout.length() && layout.charAt(end) >= 'a' && layout.charAt(end) <= 'z';
        return part == null && !inWord ? first(at, brief, briefToken) : part;
    }

    private @Nullable LayoutPart zero(int at) {
        if (layout.startsWith("002", at)) {
            return new LayoutPart(LayoutToken.ZERO_YEAR_DAY, "002");
        }
        if (at + 1 == layout.length()) {
            return null;
        }
        String text = layout.substring(at, at + 2);
        return switch (text) {
            case "01" -> new LayoutPart(LayoutToken.ZERO_MONTH, text);
            case "02" -> new LayoutPart(LayoutToken.ZERO_DAY, text);
            case "03" -> new LayoutPart(LayoutToken.ZERO_HOUR_12, text);
            case "04" -> new LayoutPart(LayoutToken.ZERO_MINUTE, text);
            case "05" -> new LayoutPart(LayoutToken.ZERO_SECOND, text);
            case "06" -> new LayoutPart(LayoutToken.YEAR, text);
            default -> null;
        };
    }

    private @Nullable LayoutPart offset(int at, LayoutToken token) {
        for (String digits : OFFSETS) {
            if (layout.startsWith(digits, at + 1)) {
                return new LayoutPart(token, layout.substring(at, at + 1 + digits.length()));
            }
        }
        return null;
    }

    /** A point or comma and a run of zeros or nines, unless another digit follows. */
    private @Nullable LayoutPart fraction(int at) {
        int end = at + 1;
        if (end == layout.length() || (layout.charAt(end) != '0' && layout.charAt(end) != '9')) {
            return null;
        }
        char digit = layout.charAt(end);
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        if (end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9') {
            return null;
        }
        return new LayoutPart(
                digit == '0' ? LayoutToken.FRACTION : LayoutToken.SHORT_FRACTION, layout.substring(at, end));
    }
}
