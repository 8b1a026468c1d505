package dev.tocsin.core.template;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A pattern for files as Go's {@code filepath.Glob} takes it: {@code *} and {@code ?} and classes in brackets, in every
 * part of the path; none of them matches a slash. Stateless.
 */
public final class FilePattern {
    private FilePattern() {}

    /** Whether brackets are closed and hold something, and every backslash has something to escape. */
    public static boolean isValid(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '\\' && at++ == pattern.length()) {
                return false;
            }
            if (c == '[') {
                at = classEnd(pattern, at);
                if (at < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The files that match, in lexical order; empty if there are none or a folder cannot be read. Blocks.
     *
     * @param pattern must be valid
     */
    public static List<Path> files(String pattern) {
        if (!hasMeta(pattern)) {
            Path file = Path.of(pattern);
            return Files.exists(file) ? List.of(file) : List.of();
        }
        int slash = pattern.lastIndexOf('/');
        String folder = slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash);
        String name = pattern.substring(slash + 1);
        TreeSet<Path> matching = new TreeSet<>();
        for (Path parent : files(folder)) {
            matching.addAll(children(parent, name));
        }
        return List.copyOf(matching);
    }

    private static List<Path> children(Path folder, String name) {
        List<Path> matching = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    Path last = entry.getFileName();
                    if (last != null && matches(name, 0, last.toString(), 0)) {
                        matching.add(entry);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                return List.of();
            }
        }
        return matching;
    }

    private static boolean hasMeta(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
    }

    /** Whether the rest of {@code name} matches the rest of {@code pattern}. */
    static boolean matches(String pattern, int patternFrom, String name, int nameFrom) {
        int at = patternFrom;
        int n = nameFrom;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '*') {
                while (at < pattern.length() && pattern.charAt(at) == '*') {
                    at++;
                }
                for (int from = n; from <= name.length(); from++) {
                    if (matches(pattern, at, name, from)) {
                        return true;
                    }
                }
                return false;
            }
            if (n == name.length()) {
                return false;
            }
            char actual = name.charAt(n++);
            if (c == '[') {
                int end = classEnd(pattern, at + 1);
                if (!inClass(pattern.substring(at + 1, end - 1), actual)) {
                    return false;
                }
                at = end;
            } else if (c == '?') {
                at++;
            } else {
                at += c == '\\' ? 1 : 0;
                if (pattern.charAt(at++) != actual) {
                    return false;
                }
            }
        }
        return n == name.length();
    }

    private static boolean inClass(String ranges, char c) {
        boolean negated = ranges.startsWith("^");
        boolean found = false;
        int at = negated ? 1 : 0;
        while (at < ranges.length()) {
            at += ranges.charAt(at) == '\\' ? 1 : 0;
            char low = ranges.charAt(at++);
            char high = low;
            if (ranges.startsWith("-", at)) {
                at++;
                at += ranges.charAt(at) == '\\' ? 1 : 0;
                high = ranges.charAt(at++);
            }
            found |= low <= c && c <= high;
        }
        return found != negated;
    }

    /** The index after the closing bracket; -1 if the class is malformed. */
    private static int classEnd(String pattern, int from) {
        int at = pattern.startsWith("^", from) ? from + 1 : from;
        for (int ranges = 0; ; ranges++) {
            if (ranges > 0 && pattern.startsWith("]", at)) {
                return at + 1;
            }
            at = characterEnd(pattern, at);
            if (at >= 0 && pattern.startsWith("-", at)) {
                at = characterEnd(pattern, at + 1);
            }
            if (at < 0) {
                return -1;
            }
        }
    }

    /** The index after one character of a class; -1 if there is none, or one that must be escaped. */
    private static int characterEnd(String pattern, int from) {
        int at = pattern.startsWith("\\", from) ? from + 1 : from;
        boolean bare = at == from;
        if (at >= pattern.length() || (bare && "-]".indexOf(pattern.charAt(at)) >= 0)) {
            return -1;
        }
        return at + 1;
    }
}
