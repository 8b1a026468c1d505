package dev.tocsin.core.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The patterns of {@code templates}: which files they mean. */
final class TemplateGlob {
    private TemplateGlob() {}

    /** One warning for the patterns that match files, because those files are not used. */
    static List<String> warnings(List<String> patterns) {
        List<String> matching = new ArrayList<>();
        for (String pattern : patterns) {
            if (matchesFile(pattern)) {
                matching.add(pattern);
            }
        }
        return matching.isEmpty()
                ? List.of()
                : List.of("template files are not used yet: notifications go out without what "
                        + String.join(", ", matching) + " define");
    }

    /** Whether brackets are closed and hold something, and every backslash has something to escape. */
    static boolean isValid(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '\\' && at++ == pattern.length()) {
                return false;
            }
            if (c == '[') {
                at = bracketEnd(pattern, at);
                if (at < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The index after the closing bracket; -1 if the class is malformed. */
    private static int bracketEnd(String pattern, int from) {
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

    /** Whether the last part of the pattern matches a file in the folder before it; folders are taken literally. */
    private static boolean matchesFile(String pattern) {
        Path path = Path.of(pattern);
        Path folder = path.getParent();
        Path name = path.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            return false;
        }
        try {
            String literalBraces = name.toString().replace("{", "\\{").replace("}", "\\}");
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + literalBraces);
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(folder, file -> matcher.matches(file.getFileName()))) {
                return files.iterator().hasNext();
            }
        } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
            return false;
        }
    }
}
