package dev.tocsin.api.web;

import org.jspecify.annotations.Nullable;

/** Those who were let in and stay, such as watchers. Safe for all threads. */
public interface Visits {
    /**
     * Begins to stay. Who is let in no more, because his name or password is gone from the web configuration, is told so.
     *
     * @param authorization the {@code Authorization} header with which he was admitted; null if there was none
     * @param dismissed called at most once, on any thread; must not block
     */
    Visit begin(@Nullable String authorization, Runnable dismissed);

    /** Those of a port that is open to everybody. */
    static Visits unguarded() {
        return (authorization, dismissed) -> Visit.NEVER_ENDING;
    }

    /** Somebody who stays. Safe for all threads. */
    interface Visit extends AutoCloseable {
        /** Nobody sends him away. */
        Visit NEVER_ENDING = new Visit() {
            @Override
            public void beat() {}

            @Override
            public void close() {}
        };

        /** Has the configuration looked at, now and then. To be called at least every 10 seconds; costs next to nothing. */
        void beat();

        /** He has gone. */
        @Override
        void close();
    }
}
