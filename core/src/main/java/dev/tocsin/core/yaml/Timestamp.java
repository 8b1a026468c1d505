package dev.tocsin.core.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Recognises dates and instants as YAML 1.1 parsers of Go do: {@code 2020-1-2}, {@code 2020-01-02T03:04:05Z}. */
final class Timestamp {
    private final String text;
    private int at;

    Timestamp(String text) {
        this.text = text;
    }

    boolean matches() {
        at = 0;
        int year = number(4, 4);
        boolean dashed = year >= 0 && next('-');
        int month = dashed ? number(1, 2) : -1;
        int day = month >= 0 && next('-') ? number(1, 2) : -1;
        if (day < 0 || !isDate(year, month, day)) {
            return false;
        }
        if (at == text.length()) {
            return true;
        }
        boolean zoned = next('T') || next('t');
        if (!zoned && !next(' ')) {
            return false;
        }
        return time() && (!zoned || zone()) && at == text.length();
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean time() {
        int hour = number(1, 2);
        int minute = hour >= 0 && next(':') ? number(1, 2) : -1;
        int second = minute >= 0 && next(':') ? number(1, 2) : -1;
        if (second < 0 || hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        return !next('.') || number(1, 9) >= 0;
    }

    private boolean zone() {
        if (next('Z')) {
            return true;
        }
        return (next('+') || next('-')) && number(2, 2) >= 0 && next(':') && number(2, 2) >= 0;
    }

    private boolean next(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** The number in the following digits, as many as there are up to {@code most}; -1 if there are too few. */
    private int number(int least, int most) {
        int value = 0;
        int digits = 0;
        while (digits < most && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
            digits++;
        }
        return digits < least ? -1 : value;
    }
}
