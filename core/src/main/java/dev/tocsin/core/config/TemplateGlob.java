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
