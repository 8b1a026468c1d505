package dev.tocsin.core.hub;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.notify.ScriptedNotifier;
import dev.tocsin.core.runtime.VirtualTime;
import dev.tocsin.core.runtime.VirtualWorkers;
import dev.tocsin.core.template.TemplateSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The world outside: receivers by address, which outlive reloads and restarts of hubs. */
final class TestReceivers implements NotifierFactory {
    private final VirtualTime time;
    private final VirtualWorkers workers;
    private final Instant start;
    private final Map<String, ScriptedNotifier> byUrl = new HashMap<>();
    private final List<String> built = new ArrayList<>();
    private String broken = "";

    TestReceivers(VirtualTime time, VirtualWorkers workers) {
        this.time = time;
        this.workers = workers;
        this.start = time.now();
    }

    ScriptedNotifier at(String url) {
        return byUrl.computeIfAbsent(url, key -> new ScriptedNotifier(time, workers));
    }

    /** Lets integrations with this address fail to build. */
    void breakUrl(String url) {
        broken = url;
    }

    /** The addresses of all integrations that were built so far. */
    List<String> built() {
        return built;
    }

    @Override
    public Notifier build(ReceiverConfig receiver, ReceiverConfig.Integration integration, TemplateSet templates)
            throws NotifierBuildException {
        String url = ((BareWebhookKind.Settings) integration.config()).url();
        if (url.equals(broken)) {
            throw new NotifierBuildException("cannot read the certificate of " + url);
        }
        built.add(url);
        return at(url);
    }

    /**
     * What a receiver was sent, one line per attempt: {@code 2.0 test/x[1.0-3.4]} is a notification at second 2 about an
     * alert with the label values test and x that fired from 1 to 3.4.
     */
    List<String> sent(String url) {
        return at(url).attempts().stream()
                .map(attempt -> seconds(attempt.at()) + text(attempt.notification()))
                .toList();
    }

    /** As {@link #sent}, with the reason instead of the alerts. */
    List<String> reasons(String url) {
        return at(url).attempts().stream()
                .map(attempt -> seconds(attempt.at()) + " "
                        + attempt.notification().reason().text())
                .toList();
    }

    private String text(Notification notification) {
        StringBuilder out = new StringBuilder();
        for (Alert alert : notification.alerts()) {
            String values = String.join("/", alert.labels().toMap().values());
            out.append(' ').append(values).append('[').append(seconds(alert.startsAt()));
            out.append('-');
            if (alert.resolvedAt(notification.at())) {
                out.append(seconds(alert.endsAt()));
            }
            out.append(']');
            alert.annotations().forEach((name, value) -> out.append(value));
        }
        return out.toString();
    }

    private String seconds(Instant instant) {
        return String.valueOf(Duration.between(start, instant).toMillis() / 1000.0);
    }
}
