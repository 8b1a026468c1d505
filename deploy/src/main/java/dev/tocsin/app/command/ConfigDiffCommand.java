package dev.tocsin.app.command;

import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigPrinter;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.InvalidMatcherException;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.whatif.Comparison;
import dev.tocsin.core.whatif.ConfigDiff;
import dev.tocsin.core.whatif.Side;
import dev.tocsin.core.whatif.WhatIf;
import dev.tocsin.notifiers.Integrations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tocsin config diff NEW}: what a configuration changes, and what that means for the alerts that fire. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Tell what a configuration would change, before it is loaded: in words, and for the alerts that"
                + " fire. Compares with a running node (Alertmanager will do), or with a file.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the configuration means the same",
            "1:it changes something",
            "2:it cannot be told, because a file is refused or the node does not answer"
        })
public final class ConfigDiffCommand implements Callable<Integer> {
    private static final String HERE = "http://localhost:9093";

    @Parameters(paramLabel = "NEW", description = "The new configuration.")
    private Path file = Path.of("");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The node to compare with: its configuration, alerts and silences. Default: " + HERE
                    + ", unless --old is given.")
    private @Nullable URI url;

    @Option(names = "--old", paramLabel = "FILE", description = "Compare with this file instead.")
    private @Nullable Path old;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description = "Alerts to try both configurations on, as /api/v2/alerts answers them. Default: those of the"
                    + " node if --url is given, else none.")
    private @Nullable Path alertFile;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            defaultValue = "",
            description =
                    "Try it on the alerts that began to fire since this time, such as 2026-01-02T03:10:00Z, as the"
                            + " journals of all nodes tell, instead of on those that fire now. The file is sent to the node.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "",
            description = "The end of the time that begins with --from. Default: now.")
    private String to = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many alerts and groups to list. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--matchers",
            defaultValue = "FALLBACK",
            description = "The grammar of matchers, as the node's features choose it: ${COMPLETION-CANDIDATES}.")
    private MatcherMode mode = MatcherMode.FALLBACK;

    /** For the command line library. */
    public ConfigDiffCommand() {}

    /** What is compared with what. */
    private record Sides(Config before, Config after, KnownAlerts alerts) {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (from.isEmpty() && !to.isEmpty()) {
                throw new IllegalArgumentException("--to needs --from");
            }
            Comparison comparison = from.isEmpty() ? compare(sides()) : past();
            new ComparisonText(System.out).print(comparison);
            return comparison.differences().isEmpty() && !comparison.hasEffect() ? 0 : 1;
        } catch (IOException | IllegalArgumentException | InvalidMatcherException e) {
            System.err.println("tocsin: error: " + e.getMessage());
            return 2;
        }
    }

    /** The node compares: it knows its journals, and its own configuration with all secrets. */
    private Comparison past() throws IOException, InterruptedException {
        if (old != null || alertFile != null) {
            throw new IllegalArgumentException("--from asks a node: it goes with --url, not with --old or --alerts");
        }
        String until = to.isEmpty() ? new SystemClock().now().toString() : to;
        PastComparison past = new PastComparison(from, until, Math.max(1, limit));
        try (NodeClient node = new NodeClient(url == null ? URI.create(HERE) : url)) {
            return past.ask(node, Files.readString(file, StandardCharsets.UTF_8));
        }
    }

    private Sides sides() throws IOException, InterruptedException {
        ConfigLoader loader = new ConfigLoader(Integrations.kinds(), new MatcherParser(mode), ZoneId.systemDefault());
        Config after = config(loader.load(file));
        Path oldFile = old;
        JsonTree none = new JsonTree(java.util.Map.of(), List.of(), "");
        if (oldFile != null && url == null) {
            Config before = config(loader.load(oldFile));
            return new Sides(before, after, KnownAlerts.read(alerts(none), none));
        }
        try (NodeClient node = new NodeClient(url == null ? URI.create(HERE) : url)) {
            JsonTree alerts = alertFile == null ? node.get("/api/v2/alerts") : alerts(none);
            JsonTree silences = alertFile == null ? node.get("/api/v2/silences") : none;
            KnownAlerts known = KnownAlerts.read(alerts, silences);
            if (oldFile != null) {
                return new Sides(config(loader.load(oldFile)), after, known);
            }
            String text = node.get("/api/v2/status").at("config").text("original");
            // a node shows no secrets, so they are left out of the comparison
            ConfigPrinter printer = new ConfigPrinter(Integrations.kinds());
            Config masked = config(loader.parse(printer.print(after), file));
            return new Sides(config(loader.parse(text, file)), masked, known);
        }
    }

    private JsonTree alerts(JsonTree otherwise) throws IOException {
        Path given = alertFile;
        return given == null ? otherwise : JsonTree.parse(Files.readString(given, StandardCharsets.UTF_8));
    }

    private static Config config(ConfigResult result) throws IOException {
        return switch (result) {
            case ConfigResult.Loaded loaded -> loaded.config();
            case ConfigResult.Refused refused -> throw new IOException(refused.describe());
        };
    }

    private Comparison compare(Sides sides) throws InvalidMatcherException {
        Instant now = new SystemClock().now();
        KnownAlerts known = sides.alerts();
        WhatIf whatIf = new WhatIf(
                Side.of(sides.before(), known.alerts(), known),
                Side.of(sides.after(), known.alerts(), known),
                now,
                Math.max(1, limit));
        known.alerts().forEach(whatIf::add);
        return whatIf.comparison(ConfigDiff.of(sides.before(), sides.after()));
    }
}
