package dev.tocsin.core.template;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.runtime.VirtualTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** How many messages are rendered in a second of one processor; run by hand. */
final class TemplateBenchmark {
    private static final int ALERTS = 10;

    private TemplateBenchmark() {}

    public static void main(String[] args) throws TemplateException {
        TemplateSet set = TestTemplates.builtIn(new VirtualTime());
        List<Alert> alerts = alerts();
        for (int round = 0; round < 6; round++) {
            long slack = perSecond(alerts, data -> slack(set, data));
            long list = perSecond(alerts, data -> set.text("{{ template \"opsgenie.default.description\" . }}", data));
            long mail = perSecond(alerts, data -> set.html("{{ template \"email.default.html\" . }}", data));
            System.out.println(
                    "a second: " + slack + " Slack messages, " + list + " lists of alerts, " + mail + " mails");
        }
    }

    /** Renders one message. */
    private interface Rendering {
        String render(TemplateData data) throws TemplateException;
    }

    /**
     * Renders for a second of processor time, so that others on the machine do not count. The data are built anew each
     * time, as for a notification.
     */
    private static long perSecond(List<Alert> alerts, Rendering rendering) throws TemplateException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long count = 0;
        long used = 0;
        while (used < Duration.ofSeconds(1).toNanos()) {
            for (int i = 0; i < 100; i++) {
                TemplateData data = new TemplateData(
                        "team",
                        alerts,
                        Instant.EPOCH,
                        "first notification",
                        LabelSet.of("alertname", "HighLatency"),
                        LabelSet.EMPTY,
                        "http://hub.example:9093");
                if (rendering.render(data).isEmpty()) {
                    throw new AssertionError("nothing was rendered");
                }
            }
            count += 100;
            used = threads.getCurrentThreadCpuTime() - start;
        }
        return count * 1_000_000_000L / used;
    }

    /** All texts that a Slack receiver renders with its defaults. */
    private static String slack(TemplateSet set, TemplateData data) throws TemplateException {
        StringBuilder message = new StringBuilder();
        for (String field : List.of(
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
                "iconurl")) {
            message.append(set.text("{{ template \"slack.default." + field + "\" . }}", data));
        }
        return message.toString();
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
