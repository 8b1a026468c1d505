package dev.tocsin.core.event;

import dev.tocsin.core.config.EventRecorderConfig.WebhookOutput;
import java.io.IOException;
import java.time.Duration;

/** Posts the bodies of one webhook output. Safe for many threads. */
public interface EventPoster extends AutoCloseable {
    /** Makes posters. */
    @FunctionalInterface
    interface Factory {
        /**
         * A poster for one output. May read files.
         *
         * @throws IOException if its settings cannot be used; the message holds no secret
         */
        EventPoster poster(WebhookOutput output) throws IOException;
    }

    /** The output's name in metrics and logs; without secrets. */
    String name();

    /**
     * Posts once, as {@code application/json}. Blocks; interruption ends it.
     *
     * @throws IOException if the answer is not a 2xx or there is none; the message holds no secret
     * @throws InterruptedException if it was called off
     */
    void post(byte[] body, Duration timeout) throws IOException, InterruptedException;

    /** Gives back what the poster holds. */
    @Override
    void close();
}
