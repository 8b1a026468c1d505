package dev.tocsin.core.matcher;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;

/**
 * A regular expression that is looked for within texts, in RE2's syntax and in linear time (notifiers contract section
 * 4.7). Immutable; safe for all threads.
 */
public final class SearchRegex {
    /** Making a step of a program takes this much longer than looking at a character of a range. */
    private static final long STEP = 8;

    private final Pattern pattern;
    private final RegexScan.Cost cost;

    private SearchRegex(Pattern pattern, RegexScan.Cost cost) {
        this.pattern = pattern;
        this.cost = cost;
    }

    /**
     * The expression {@code text}.
     *
     * @throws InvalidMatcherException with the text of Go's regexp package
     */
    public static SearchRegex compile(String text) throws InvalidMatcherException {
        return new SearchRegex(Regex.compile(text), RegexScan.check(text));
    }

    /** What it took to compile, beside reading it: the number of ranges' characters that were looked at, or as much work. */
    public long compiling() {
        return cost.folded() + STEP * cost.steps();
    }

    /** How many steps each character of a text may take, at worst. */
    public long stepsPerCharacter() {
        return cost.steps();
    }

    /** Whether it matches somewhere in {@code text}. */
    public boolean finds(String text) {
        return pattern.matcher(text).find();
    }

    /**
     * {@code text} with every match replaced.
     *
     * @param replacement {@code $1}, <code>${1}</code>, {@code $name} and <code>${name}</code> stand for groups, {@code $$}
     *     for a dollar sign; a name is as long as it can be, and a group that does not exist is empty
     * @param maxLength where to stop: the result may be longer than this by one replacement, and is then incomplete
     */
    public String replaceAll(String text, String replacement, int maxLength) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder(text.length() + 16);
        int copied = 0;
        int lastEnd = -1;
        while (out.length() <= maxLength && matcher.find()) {
            // An empty match right behind another one does not count.
            if (matcher.end() > lastEnd) {
                out.append(text, copied, matcher.start());
                expand(out, matcher, replacement);
                copied = matcher.end();
                lastEnd = matcher.end();
            }
        }
        return out.append(text, copied, text.length()).toString();
    }

    private void expand(StringBuilder out, Matcher matcher, String replacement) {
        int at = 0;
        while (at < replacement.length()) {
            char c = replacement.charAt(at++);
            if (c != '$' || at == replacement.length()) {
                out.append(c);
            } else if (replacement.charAt(at) == '$') {
                out.append('$');
                at++;
            } else {
                boolean braces = replacement.charAt(at) == '{';
                int start = braces ? at + 1 : at;
                int end = nameEnd(replacement, start);
                if (end == start || (braces && !replacement.startsWith("}", end))) {
                    out.append('$');
                } else {
                    append(out, matcher, replacement.substring(start, end));
                    at = braces ? end + 1 : end;
                }
            }
        }
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private void append(StringBuilder out, Matcher matcher, String name) {
        int group = -1;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            group = name.length() < 6 ? Integer.parseInt(name) : -1;
        } else {
            Map<String, Integer> names = pattern.namedGroups();
            group = names.getOrDefault(name, -1);
        }
        if (group >= 0 && group <= matcher.groupCount()) {
            String value = matcher.group(group);
            out.append(value == null ? "" : value);
        }
    }
}
