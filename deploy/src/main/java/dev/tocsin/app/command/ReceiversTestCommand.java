package dev.tocsin.app.command;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.app.Version;
import dev.tocsin.app.runtime.SystemClock;
import dev.tocsin.core.config.Config;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.ExecutionLimits;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateLoader;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.Integrations;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin receivers test}: sends a marked test notification to one receiver and says what it answered. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Send a test notification to each integration of a receiver, once, and print the answers.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every integration accepted it", "1:one did not, or the configuration cannot be used"})
public final class ReceiversTestCommand implements Callable<Integer> {
    @Option(
            names = "--config.file",
            paramLabel = "FILE",
            defaultValue = "alertmanager.yml",
            description = "The configuration. Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("alertmanager.yml");

    @Option(names = "--receiver", required = true, paramLabel = "NAME", description = "The receiver to test.")
    private String receiver = "";

    @Option(
            names = "--alert",
            paramLabel = "LABELS",
            description = "An alert to tell, such as alertname=Disk,severity=critical; can be repeated."
                    + " It gets the label tocsin_test=\"true\". Default: an alert TocsinTest.")
    private List<String> alerts = List.of();

    @Option(names = "--resolved", description = "Tell that the alerts are over. Closes what a test opened.")
    private boolean resolved;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long each integration may take. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--web.external-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:9093",
            description = "Where links in the notification lead. Default: ${DEFAULT-VALUE}.")
    private URI externalUrl = URI.create("http://localhost:9093");

    /** For the command line library. */
    public ReceiversTestCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        ConfigLoader loader =
                new ConfigLoader(Integrations.kinds(), new MatcherParser(MatcherMode.FALLBACK), ZoneId.systemDefault());
        switch (loader.load(file)) {
            case ConfigResult.Refused refused -> {
                return failed(refused.describe());
            }
            case ConfigResult.Loaded(Config config, long hash, List<String> warnings) -> {
                ReceiverConfig found = find(config);
                if (found == null) {
                    return failed("no receiver " + receiver + " in " + file);
                }
                try {
                    return test(config, found);
                } catch (TemplateException e) {
                    return failed("failed to parse templates: " + e.getMessage());
                } catch (IllegalArgumentException e) {
                    return failed(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private @Nullable ReceiverConfig find(Config config) {
        for (ReceiverConfig candidate : config.receivers()) {
            if (candidate.name().equals(receiver)) {
                return candidate;
            }
        }
        return null;
    }

    private static int failed(String message) {
        System.err.println("tocsin: error: " + message);
        return 1;
    }

    private int test(Config config, ReceiverConfig found) throws TemplateException, InterruptedException {
        if (found.integrations().isEmpty()) {
            System.out.println(found.name() + ": has no integrations, so it notifies nobody");
            return 0;
        }
        SystemClock clock = new SystemClock();
        TemplateSet templates = new TemplateLoader(clock, ZoneId.systemDefault(), ExecutionLimits.NOTIFICATION)
                .load(config.templates());
        TestNotification notification =
                new TestNotification(labels(), resolved, url(), clock.now(), "test-" + UUID.randomUUID());
        int failures = 0;
        try (OutboundClients clients =
                new OutboundClients(InetAddress::getAllByName, System.getenv(), "Alertmanager/" + Version.COMPATIBLE)) {
            Integrations integrations = new Integrations(
                    new Outbound(clients, new ConnectionMetrics(new Metrics(new MetricRegistry())), clock));
            for (ReceiverConfig.Integration integration : found.integrations()) {
                Instant deadline = clock.now().plus(Duration.ofSeconds(seconds));
                String problem = send(integrations, found, integration, templates, notification, deadline);
                failures += problem.isEmpty() ? 0 : 1;
            }
        }
        return failures == 0 ? 0 : 1;
    }

    private List<LabelSet> labels() {
        List<LabelSet> labels = new ArrayList<>();
        for (String alert : alerts.isEmpty() ? List.of("") : alerts) {
            labels.add(TestNotification.labels(alert));
        }
        return labels;
    }

    private URI url() {
        String text = externalUrl.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : externalUrl;
    }

    /** Prints what came of it; empty after a success. */
    private static String send(
            Integrations integrations,
            ReceiverConfig receiver,
            ReceiverConfig.Integration integration,
            TemplateSet templates,
            TestNotification notification,
            Instant deadline)
            throws InterruptedException {
        String name = receiver.name() + "/" + integration + ": ";
        try (Notifier notifier = integrations.build(receiver, integration, templates)) {
            return switch (notifier.send(notification.to(receiver, integration), deadline)) {
                case Outcome.Delivered delivered -> {
                    System.out.println(
                            name + "accepted" + (delivered.answer().isEmpty() ? "" : ": " + delivered.answer()));
                    yield "";
                }
                case Outcome.Retryable retryable ->
                    told(name + "failed, a node would try again: ", retryable.message());
                case Outcome.Permanent permanent -> told(name + "failed: ", permanent.message());
            };
        } catch (NotifierBuildException e) {
            return told("", String.valueOf(e.getMessage()));
        }
    }

    private static String told(String before, String problem) {
        System.out.println(before + problem);
        return problem;
    }
}
