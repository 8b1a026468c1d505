package dev.tocsin.notifiers;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.tocsin.core.config.ConfigResult;
import dev.tocsin.core.config.IntegrationKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.decode.ConfigLoader;
import dev.tocsin.core.matcher.MatcherMode;
import dev.tocsin.core.matcher.MatcherParser;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.template.TestTemplates;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.OutboundClients;
import dev.tocsin.notifiers.http.RecordingServer;
import dev.tocsin.notifiers.http.connection.ConnectionMetrics;
import dev.tocsin.notifiers.pagerduty.PagerDutyKind;
import dev.tocsin.notifiers.pushover.PushoverKind;
import dev.tocsin.notifiers.slack.SlackKind;
import dev.tocsin.notifiers.sns.SnsKind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds integrations of every kind from a configuration's text as the hub does, with the built-in templates and a clock
 * that stands still. What goes to an address that a configuration cannot change goes to the {@link #server}.
 */
public final class IntegrationHarness implements AutoCloseable {
    /** What the clock says. */
    public static final Instant NOW = Instant.parse("2026-01-02T03:20:00Z");

    /** A deadline that no test reaches. */
    public static final Instant LATER = NOW.plusSeconds(30);

    /** Gets the requests; stands for {@code SINK} in configurations. */
    public final RecordingServer server = new RecordingServer();

    private final OutboundClients clients;
    private final Outbound outbound;
    private final TemplateSet templates = TestTemplates.builtIn(new VirtualTime(NOW));
    private final List<NotifierKind> kinds = new ArrayList<>();
    private final List<Notifier> built = new ArrayList<>();

    /** A server that listens, and all kinds. */
    public IntegrationHarness() {
        this(Map.of());
    }

    /** As {@link #IntegrationHarness()} with a process environment. */
    public IntegrationHarness(Map<String, String> environment) {
        clients = new OutboundClients(InetAddress::getAllByName, environment, "Alertmanager/0.34.0");
        outbound =
                new Outbound(clients, new ConnectionMetrics(new Metrics(new MetricRegistry())), new VirtualTime(NOW));
        for (IntegrationKind kind : Integrations.kinds()) {
            kinds.add(
                    switch (kind.name()) {
                        case "pagerduty" -> new PagerDutyKind(fixed("/generic/2010-04-15/create_event.json"));
                        case "pushover" -> new PushoverKind(fixed("/1/messages.json"));
                        case "slack" -> new SlackKind(fixed("/api/chat.postMessage"), fixed("/api/chat.update"));
                        case "sns" -> new SnsKind(fixed("/sts"));
                        default -> (NotifierKind) kind;
                    });
        }
    }

    /** All kinds, as they are built here. */
    public List<NotifierKind> kinds() {
        return List.copyOf(kinds);
    }

    private Url fixed(String path) {
        try {
            return Url.parse("http://" + server.address() + path);
        } catch (InvalidValueException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The integrations of the first receiver of a configuration.
     *
     * @param config {@code SINK} in it stands for the server, {@code FOLDER} for {@code folder}
     */
    public List<ReceiverConfig.Integration> load(String config, Path folder) {
        String text = config.replace("SINK", server.address()).replace("FOLDER", folder.toString());
        ConfigLoader loader =
                new ConfigLoader(List.copyOf(kinds), new MatcherParser(MatcherMode.FALLBACK), ZoneOffset.UTC);
        ConfigResult result = loader.parse(text, Path.of("/etc/am.yml"));
        assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result).config().receivers().getFirst().integrations();
    }

    /** Builds one of them; it is closed with the harness. */
    public Notifier build(ReceiverConfig.Integration integration) throws NotifierBuildException {
        for (NotifierKind kind : kinds) {
            if (kind.name().equals(integration.kind())) {
                Notifier notifier = kind.build(integration.config(), outbound, templates);
                built.add(notifier);
                return notifier;
            }
        }
        throw new IllegalArgumentException(integration.kind());
    }

    /**
     * Builds an integration from its settings alone.
     *
     * @param kind such as {@code slack}
     * @param settings in YAML's flow style, without the braces; {@code SINK} stands for the server
     */
    public Notifier build(String kind, String settings) throws NotifierBuildException {
        String config = """
                route: {receiver: r}
                receivers:
                - name: r
                  %s_configs: [{%s}]
                """.formatted(kind, settings);
        return build(load(config, Path.of("/nowhere")).getFirst());
    }

    @Override
    public void close() {
        built.forEach(Notifier::close);
        clients.close();
        server.close();
    }
}
