package dev.tocsin.notifiers.pagerduty;

import dev.tocsin.core.config.SecretSource;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.payload.Rendering;
import org.jspecify.annotations.Nullable;

/** How events of a version look, where they go and what answers mean. Immutable; safe for all threads. */
sealed interface PagerDutyVersion permits PagerDutyV1, PagerDutyV2 {
    /** The longest text that an event may be summed up in, in code points. */
    int MAX_SUMMARY = 1024;

    /** The version in errors of templates, such as {@code v2}. */
    String name();

    /** Whom errors of the connection name. */
    String service();

    /** Where events go. */
    Url url();

    /** What tells whom an event is for. */
    SecretSource key();

    /** What the key is called, such as {@code routing key}. */
    String keyName();

    /**
     * The body of an event with its line feed; useless if {@code rendering} failed.
     *
     * @param details rendered already
     * @throws IllegalArgumentException if the details hold a number that JSON has not
     */
    byte[] body(Notification notification, Rendering rendering, String key, @Nullable Object details);

    /** What an answer other than 2xx means. */
    Outcome refused(OutboundResult.Answer answer);
}
