package dev.tocsin.notifiers.sns;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.payload.FormText;
import dev.tocsin.notifiers.payload.Rendering;
import java.time.Instant;
import java.util.Set;

/** Publishes to Amazon SNS. Safe for many threads. */
final class SnsNotifier implements Notifier {
    private final SnsConfig config;
    private final AwsAccess access;
    private final IntegrationClient client;
    private final Clock clock;
    private final TemplateSet templates;

    SnsNotifier(SnsConfig config, AwsAccess access, IntegrationClient client, Clock clock, TemplateSet templates) {
        this.config = config;
        this.access = access;
        this.client = client;
        this.clock = clock;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        Rendering rendering = new Rendering(templates, notification);
        try {
            SnsMessage message = new SnsMessage(config, notification, rendering);
            String apiUrl = message.render("api_url", config.apiUrl());
            FormText form = message.form();
            if (rendering.failed()) { // tried again: that is how Alertmanager has it
                return StatusRule.retryable(message.problem());
            }
            String region = access.region();
            Url url = apiUrl.isEmpty() ? AwsAccess.service("sns", region) : Url.parseHttp(apiUrl);
            AwsCredentials credentials = access.credentials(notification, deadline);
            OutboundRequest request = AwsRequest.post(
                    url, form, notification, "", new AwsSignature(region, "sns"), credentials, clock.now());
            return client.deliver(
                    request, deadline, answer -> answer.success() ? StatusRule.accepted(answer) : refused(answer));
        } catch (AwsAccess.NoAccessException e) {
            return e.outcome();
        } catch (InvalidValueException e) {
            return StatusRule.retryable("api_url: " + e.getMessage());
        }
    }

    /** What Amazon says is wrong. */
    static Outcome refused(OutboundResult.Answer answer) {
        String message = AwsRequest.element(answer.body(), "Message");
        return StatusRule.refused(answer, Set.of(), message.isEmpty() ? "UnknownError" : message);
    }

    @Override
    public void close() {
        client.close();
    }
}
