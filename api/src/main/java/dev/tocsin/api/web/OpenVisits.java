package dev.tocsin.api.web;

import dev.tocsin.core.runtime.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The visits that go on under the rules of a file. Neither names nor passwords are compared again: a visit ends when the
 * hash that let its user in is not his any more. Safe for all threads.
 */
final class OpenVisits implements Visits {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final RulesFile rules;
    private final Clock clock;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Rules> judged = new AtomicReference<>();
    private final AtomicLong lookedNanos;

    OpenVisits(RulesFile rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.lookedNanos = new AtomicLong(clock.nanoTime());
    }

    /** Sends away whom these rules do not let in; does nothing if they are those of the last call. */
    @SuppressWarnings("ReferenceEquality") // each reading of the file makes new ones
    void judge(Rules now) {
        if (judged.getAndSet(now) != now) {
            guests.forEach(guest -> guest.judge(now));
        }
    }

    @Override
    public Visit begin(@Nullable String authorization, Runnable dismissed) {
        Credentials shown = Credentials.of(authorization);
        String user = shown == null ? null : shown.user();
        Guest guest =
                new Guest(user, user == null ? null : rules.latest().users().get(user), dismissed);
        guests.add(guest);
        // newer rules have either found him, or are found here
        guest.judge(rules.latest());
        return guest;
    }

    private final class Guest implements Visit {
        private final @Nullable String user;
        private final @Nullable BcryptHash hash;
        private final Runnable dismissed;

        Guest(@Nullable String user, @Nullable BcryptHash hash, Runnable dismissed) {
            this.user = user;
            this.hash = hash;
            this.dismissed = dismissed;
        }

        void judge(Rules now) {
            boolean welcome = now.users().isEmpty()
                    || (user != null
                            && hash != null
                            && Objects.equals(hash, now.users().get(user)));
            if (!welcome && guests.remove(this)) {
                dismissed.run();
            }
        }

        @Override
        public void beat() {
            long now = clock.nanoTime();
            long last = lookedNanos.get();
            if (now - last >= LOOK.toNanos() && lookedNanos.compareAndSet(last, now)) {
                rules.fresh().thenAccept(OpenVisits.this::judge);
            }
        }

        @Override
        public void close() {
            guests.remove(this);
        }
    }
}
