package dev.tocsin.it.bench;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.template.TemplateData;
import dev.tocsin.core.template.TemplateException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.template.TestTemplates;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many messages about ten alerts one thread renders. The data are built anew each time, as for a notification. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC"})
public class TemplateBenchmark {
    private static final int ALERTS = 10;
    private static final List<String> SLACK = List.of(
            "title",
            "titlelink",
            "pretext",
            "text",
            "fallback",
            "callbackid",
            "footer",
            "color",
            "username",
            "iconemoji",
            "iconurl");

    private final TemplateSet templates = TestTemplates.builtIn(new VirtualTime());
    private final List<Alert> alerts = alerts();

    /** Made by JMH. */
    public TemplateBenchmark() {}

    /** All texts that a Slack receiver renders with its defaults. */
    @Benchmark
    public String slackMessage() throws TemplateException {
        TemplateData data = data();
        StringBuilder message = new StringBuilder();
        for (String field : SLACK) {
            message.append(templates.text("{{ template \"slack.default." + field + "\" . }}", data));
        }
        return message.toString();
    }

    /** The list of alerts that Opsgenie gets. */
    @Benchmark
    public String listOfAlerts() throws TemplateException {
        return templates.text("{{ template \"opsgenie.default.description\" . }}", data());
    }

    /** The HTML mail, escaped. */
    @Benchmark
    public String mail() throws TemplateException {
        return templates.html("{{ template \"email.default.html\" . }}", data());
    }

    private TemplateData data() {
        return new TemplateData(
                "team",
                alerts,
                Instant.EPOCH,
                "first notification",
                LabelSet.of("alertname", "HighLatency"),
                LabelSet.EMPTY,
                "http://hub.example:9093");
    }

    private static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            alerts.add(new Alert(
                    LabelSet.of(
                            "alertname",
                            "HighLatency",
                            "cluster",
                            "eu-1",
                            "instance",
                            "web-" + i + ":8080",
                            "job",
                            "api",
                            "severity",
                            "critical",
                            "team",
                            "shop"),
                    LabelSet.of(
                            "summary", "Latency of web-" + i + " > 500ms", "runbook_url", "https://rb.example/x?a=1"),
                    Instant.EPOCH,
                    ZoneOffset.UTC,
                    Instant.EPOCH.plusSeconds(300),
                    ZoneOffset.UTC,
                    Instant.EPOCH,
                    "http://prom.example:9090/graph?g0.expr=latency",
                    false));
        }
        return alerts;
    }
}
