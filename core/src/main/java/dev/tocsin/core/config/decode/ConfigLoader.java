package dev.tocsin.core.config.decode;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.ConfigResult.Loaded;
import dev.tocsin.core.config.ConfigResult.Refused;
import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.IntegrationKinds;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.yaml.YamlLimits;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlProblem;
import dev.tocsin.core.yaml.YamlProblems;
import dev.tocsin.core.yaml.YamlReader;
import dev.tocsin.core.yaml.YamlSpan;
import dev.tocsin.core.yaml.YamlSyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code alertmanager.yml} (contract section 2). Nothing is thrown for a bad file: the result says what is wrong.
 * Immutable; safe for all threads. Reads files, so not for the hub loop.
 */
public final class ConfigLoader {
    private static final int MAX_BYTES = 64 << 20;

    private final IntegrationKinds kinds;
    private final MatcherParser matchers;
    private final ZoneId local;

    /**
     * A loader.
     *
     * @param kinds the integrations that can be configured, in the order in which those of a receiver are built
     * @param matchers reads matchers; its mode also rules label names
     * @param local the zone that time intervals call {@code Local}
     */
    public ConfigLoader(List<IntegrationKind> kinds, MatcherParser matchers, ZoneId local) {
        this.kinds = new IntegrationKinds(kinds);
        this.matchers = matchers;
        this.local = local;
    }

    /** Reads a file. */
    public ConfigResult load(Path file) {
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                return refused("read " + file + ": larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return refused("open " + file + ": no such file or directory");
        } catch (AccessDeniedException e) {
            return refused("open " + file + ": permission denied");
        } catch (IOException e) {
            return refused(
                    Files.isDirectory(file)
                            ? "read " + file + ": is a directory"
                            : "read " + file + ": " + e.getMessage());
        }
        return parse(bytes, file);
    }

    /**
     * Reads a text.
     *
     * @param file where the text is from: its folder is where relative paths start, and messages name it
     */
    public ConfigResult parse(String text, Path file) {
        return parse(text.getBytes(StandardCharsets.UTF_8), file);
    }

    private ConfigResult parse(byte[] bytes, Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            YamlNode root =
                    new YamlReader(text.startsWith("\ufeff") ? text.substring(1) : text, YamlLimits.DEFAULT).read();
            return decode(root, bytes, file);
        } catch (CharacterCodingException e) {
            return refused("yaml: invalid UTF-8", place(file, invalidAt(bytes), "not UTF-8 text"));
        } catch (YamlSyntaxException e) {
            return refused(e.getMessage(), place(file, e.at(), "not YAML"));
        }
    }

    private ConfigResult decode(@Nullable YamlNode root, byte[] bytes, Path file) {
        if (root == null || root.isNull()) {
            return refused(
                    "no route provided in config", place(file, YamlSpan.WHOLE, "add a route that names a receiver"));
        }
        Path folder = file.toAbsolutePath().getParent();
        YamlProblems problems = new YamlProblems();
        ConfigScope scope = new ConfigScope(problems, folder == null ? file.toAbsolutePath() : folder);
        Config config = new ConfigDecoder(kinds, scope, matchers, local).decode(root);
        if (config == null) {
            return refused(problems, file);
        }
        return new Loaded(config, ConfigHash.of(bytes), List.of());
    }

    private static Refused refused(YamlProblems problems, Path file) {
        List<YamlProblem> reported = problems.reported();
        List<String> places = new ArrayList<>();
        for (YamlProblem problem : reported) {
            String text = problem.hint().isEmpty() ? problem.message() : problem.hint();
            places.add(place(file, problem.at(), text));
        }
        return new Refused(
                problems.reportsMistyped()
                        ? gathered(reported)
                        : reported.getFirst().message(),
                places);
    }

    private static String gathered(List<YamlProblem> reported) {
        StringBuilder message = new StringBuilder("yaml: unmarshal errors:");
        for (YamlProblem problem : reported) {
            message.append("\n  line ").append(problem.at().line()).append(": ").append(problem.message());
        }
        return message.toString();
    }

    private static Refused refused(String message, String... places) {
        return new Refused(message, List.of(places));
    }

    private static String place(Path file, YamlSpan at, String text) {
        return file + ":" + at.line() + ":" + at.column() + ": " + text;
    }

    /** Where the first byte stands that is not UTF-8. */
    private static YamlSpan invalidAt(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        int line = 1;
        int column = 1;
        while (out.hasRemaining()) {
            boolean end = out.get() == '\n';
            line += end ? 1 : 0;
            column = end ? 1 : column + 1;
        }
        return new YamlSpan(line, column, 0, 0);
    }
}
