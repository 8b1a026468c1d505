package dev.tocsin.it.sim.world;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.config.BareWebhookKind;
import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.it.sim.history.Request;
import java.time.Instant;
import java.util.Map;

/** The notifiers of one life of a node. */
final class SimNotifiers implements NotifierFactory {
    private static final Outcome AWAITED = new Outcome.Delivered("", Map.of());

    private final World world;
    private final Life life;

    SimNotifiers(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public Notifier build(ReceiverConfig receiver, ReceiverConfig.Integration integration, TemplateSet templates) {
        int number = Integer.parseInt(((BareWebhookKind.Settings) integration.config()).url());
        return new Notifier() {
            @Override
            public Outcome send(Notification notification, Instant deadline) {
                SimNotifiers.this.send(number, notification);
                return AWAITED;
            }

            @Override
            public void close() {}
        };
    }

    private void send(int receiver, Notification notification) {
        long firing = 0;
        long resolved = 0;
        for (Alert alert : notification.alerts()) {
            long bit = 1L << Truth.alert(alert.labels());
            if (alert.resolvedAt(notification.at())) {
                resolved |= bit;
            } else {
                firing |= bit;
            }
        }
        String to = notification.receiver() + "/" + notification.integration();
        Request.Content content = new Request.Content(
                notification.groupKey() + " " + to,
                Long.numberOfTrailingZeros(firing | resolved) % world.truth().groups(),
                to,
                notification.sequence(),
                notification.idempotencyKey(),
                notification.possibleRepeat(),
                firing,
                resolved);
        world.request(life, receiver, content);
    }
}
