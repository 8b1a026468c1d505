package dev.tocsin.notifiers.wechat;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.time.Instant;

/** The token of one integration, kept for two hours. Guarded by its own monitor. */
final class WechatToken {
    private static final Duration LIFE = Duration.ofHours(2);

    private final Clock clock;
    private String value = "";
    private Instant since = Instant.EPOCH;

    WechatToken(Clock clock) {
        this.clock = clock;
    }

    /** The token; empty if there is none or it is too old. */
    synchronized String known() {
        return since.plus(LIFE).isBefore(clock.now()) ? "" : value;
    }

    /** Keeps a token from now on. */
    synchronized void keep(String token) {
        value = token;
        since = clock.now();
    }

    /** Forgets {@code token} unless another attempt has replaced it already. */
    synchronized void forget(String token) {
        if (value.equals(token)) {
            value = "";
        }
    }
}
