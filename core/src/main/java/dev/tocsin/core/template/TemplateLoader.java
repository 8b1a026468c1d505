package dev.tocsin.core.template;

import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.template.exec.Functions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads template files. Immutable; safe for all threads.
 *
 * @param clock what templates call {@code now}
 * @param local the zone that templates call {@code Local}
 * @param limits what one execution may use up
 */
public record TemplateLoader(Clock clock, ZoneId local, ExecutionLimits limits) {
    private static final List<String> BUILT_IN = List.of("default.tmpl", "email.tmpl");
    private static final long MAX_SIZE = 16 << 20;

    /**
     * The built-in templates, and on top of them those of all files that match, in the order of the patterns and then of
     * the names. A pattern that matches nothing is fine. Blocks.
     *
     * @param patterns Go's file patterns, resolved
     * @throws TemplateException if a pattern is malformed, or a file cannot be read or parsed
     */
    public TemplateSet load(List<String> patterns) throws TemplateException {
        Functions functions = Functions.alertmanager();
        Definitions definitions = new Definitions(functions.names());
        for (String name : BUILT_IN) {
            definitions.add(name, resource(name));
        }
        for (String pattern : patterns) {
            if (!FilePattern.isValid(pattern)) {
                throw new TemplateException("syntax error in pattern");
            }
            for (Path file : FilePattern.files(pattern)) {
                definitions.add(String.valueOf(file.getFileName()), read(file));
            }
        }
        return new TemplateSet(definitions.all(), functions, this);
    }

    /** A text that is part of the program. */
    static String resource(String name) {
        try (InputStream in = TemplateLoader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) throws TemplateException {
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new TemplateException(file + ": larger than " + MAX_SIZE + " bytes");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new TemplateException("open " + file + ": no such file or directory");
        } catch (IOException e) {
            throw new TemplateException("read " + file + ": " + e.getMessage());
        }
    }
}
