package dev.tocsin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.app.flag.Flag;
import dev.tocsin.app.flag.NodeFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation names is there, and what clients could see differ is in it. */
class DocumentationTest {
    private static final Pattern FLAG =
            Pattern.compile("--(?:no-)?((?:cluster|web|data|alerts|silences|dispatch)\\.[a-z.-]*[a-z])");
    private static final Pattern METRIC = Pattern.compile("(?:tocsin|alertmanager)_[a-z_]*[a-z]");
    private static final Pattern REGISTERED =
            Pattern.compile("\\b(?:counter|gauge|histogram|summary)\\(\\s*\"(tocsin_[a-z_]+)\"");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final List<String> FLAGS_OF_OURS =
            List.of("alerts.source-aware", "cluster.minority-wait", "cluster.tie");

    private static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("deploy/docs"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the test must run inside the checkout");
        }
        return folder;
    }

    private static String page(String name) throws IOException {
        return Files.readString(top().resolve(name));
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "deploy/docs/cluster.md", "deploy/docs/differences.md", "deploy/docs/limits.md"})
    void flagsAreThoseOfTheNode(String name) throws IOException {
        Set<String> flags = NodeFlags.all().stream().map(Flag::name).collect(Collectors.toSet());
        assertThat(flags).containsAll(found(FLAG, page(name), 1));
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("core", "cluster", "notifiers", "api", "deploy")) {
            try (Stream<Path> files = Files.walk(top().resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        return sources.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy/docs/cluster.md",
                "deploy/docs/differences.md",
                "deploy/docs/limits.md",
                "deploy/docs/metrics.md"
            })
    void metricsAreNamedInTheSources(String name) throws IOException {
        String all = sources();
        assertThat(found(METRIC, page(name), 0))
                .isNotEmpty()
                .allMatch(metric -> all.contains('"' + metric.replaceAll("_bucket$", "") + '"'));
    }

    @Test
    void everyMetricOfOursIsExplained() throws IOException {
        Set<String> registered = found(REGISTERED, sources(), 1);
        assertThat(registered).hasSizeGreaterThan(30);
        assertThat(found(METRIC, page("deploy/docs/metrics.md"), 0)).containsAll(registered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "deploy/docs/cluster.md",
                "deploy/docs/differences.md",
                "deploy/docs/grpc.md",
                "deploy/docs/hub-api.md",
                "deploy/docs/limits.md",
                "deploy/docs/metrics.md"
            })
    void linksLeadSomewhere(String name) throws IOException {
        Path folder = top().resolve(name).resolveSibling("");
        assertThat(found(LINK, page(name), 1))
                .allMatch(link -> Files.exists(folder.resolve(link).normalize()));
    }

    @Test
    void everyFlagOfTheClusterIsExplained() throws IOException {
        Set<String> flags = NodeFlags.all().stream()
                .map(Flag::name)
                .filter(flag -> flag.startsWith("cluster."))
                .collect(Collectors.toSet());
        assertThat(found(FLAG, page("deploy/docs/cluster.md"), 1)).containsAll(flags);
    }

    @Test
    void whatWeAddIsListedAsADifference() throws IOException {
        assertThat(found(FLAG, page("deploy/docs/differences.md"), 1)).containsAll(FLAGS_OF_OURS);
        assertThat(page("deploy/docs/differences.md"))
                .contains("`/-/ready`", "`Tocsin-Possible-Repeat: true`", "`Idempotency-Key`", "`Tocsin-Sequence`");
    }
}
