package dev.tocsin.api.web;

import dev.tocsin.core.metrics.CounterFamily;
import dev.tocsin.core.metrics.Metrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords on the workers. A check costs a twentieth of a second of a processor and more, so outcomes are
 * remembered, equal requests share one check, few checks run at a time, and the number of those that wait is bounded.
 * Unknown users cost as much as known ones, so that time does not tell who is known. Neither passwords nor anything they
 * could be guessed from faster than from the hash itself is kept: the memory goes by a keyed digest. Safe for all threads.
 */
final class PasswordCheck {
    private static final int REMEMBERED = 1024;
    private static final int WAITING = 256;
    private static final String DIGEST = "HmacSHA256";

    private final Executor workers;
    private final Semaphore turns;
    private final LoginCache remembered = new LoginCache(REMEMBERED);
    private final Map<ByteBuffer, CompletableFuture<Admission>> running = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Mac digests;
    private final BcryptHash[] decoys = new BcryptHash[32];
    private final CounterFamily.Child admitted;
    private final CounterFamily.Child refused;
    private final CounterFamily.Child busy;

    /**
     * Remembers nothing yet.
     *
     * @param atOnce how many checks may run at a time
     */
    PasswordCheck(Executor workers, int atOnce, Metrics metrics) {
        this.workers = workers;
        this.turns = new Semaphore(atOnce, true);
        byte[] secret = new byte[32];
        SecureRandom random = new SecureRandom();
        random.nextBytes(secret);
        try {
            this.digests = Mac.getInstance(DIGEST);
            this.digests.init(new SecretKeySpec(secret, DIGEST));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java runtime has " + DIGEST, e);
        }
        for (int cost = 0; cost < decoys.length; cost++) {
            decoys[cost] = BcryptHash.decoy(cost);
        }
        CounterFamily checks = metrics.counter(
                "tocsin_web_password_checks_total",
                "Passwords that were compared with a hash, or were not because too many waited.",
                "result");
        this.admitted = checks.labels("admitted");
        this.refused = checks.labels("refused");
        this.busy = checks.labels("busy");
    }

    /**
     * Whether one of {@code users} shows its password.
     *
     * @param users hashes by name; not empty
     * @return {@code ADMITTED}, {@code UNAUTHENTICATED} or {@code BUSY}; complete already if the outcome is remembered
     */
    CompletionStage<Admission> check(Map<String, BcryptHash> users, Credentials shown) {
        BcryptHash known = users.get(shown.user());
        BcryptHash hash = known == null ? decoys[highestCost(users.values())] : known;
        ByteBuffer digest = digest(shown, hash);
        Boolean outcome = remembered.get(digest);
        if (outcome != null) {
            return CompletableFuture.completedFuture(outcome ? Admission.ADMITTED : Admission.UNAUTHENTICATED);
        }
        CompletableFuture<Admission> started;
        lock.lock();
        try {
            CompletableFuture<Admission> same = running.get(digest);
            if (same != null) {
                return same.copy();
            }
            if (running.size() >= WAITING) {
                busy.increment();
                return CompletableFuture.completedFuture(Admission.BUSY);
            }
            started = new CompletableFuture<>();
            running.put(digest, started);
        } finally {
            lock.unlock();
        }
        try {
            workers.execute(() -> run(digest, hash, known != null, shown.password(), started));
        } catch (RuntimeException e) {
            end(digest, started, null, e);
        }
        return started.copy();
    }

    private static int highestCost(Collection<BcryptHash> hashes) {
        int highest = 0;
        for (BcryptHash hash : hashes) {
            highest = Math.max(highest, hash.cost());
        }
        return highest;
    }

    private void run(
            ByteBuffer digest, BcryptHash hash, boolean known, byte[] password, CompletableFuture<Admission> started) {
        try {
            turns.acquire();
            boolean right;
            try {
                right = hash.isOf(password) && known;
            } finally {
                turns.release();
            }
            remembered.put(digest, right);
            (right ? admitted : refused).increment();
            end(digest, started, right ? Admission.ADMITTED : Admission.UNAUTHENTICATED, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(digest, started, null, e);
        } catch (RuntimeException e) {
            end(digest, started, null, e);
        }
    }

    private void end(
            ByteBuffer digest,
            CompletableFuture<Admission> started,
            @Nullable Admission outcome,
            @Nullable Exception failure) {
        lock.lock();
        try {
            running.remove(digest);
        } finally {
            lock.unlock();
        }
        if (outcome != null) {
            started.complete(outcome);
        } else {
            started.completeExceptionally(failure == null ? new IllegalStateException("no outcome") : failure);
        }
    }

    /** Lengths go in too, or a name could lend bytes to a password. */
    private ByteBuffer digest(Credentials shown, BcryptHash hash) {
        byte[] user = shown.user().getBytes(StandardCharsets.UTF_8);
        byte[] text = hash.reveal().getBytes(StandardCharsets.UTF_8);
        ByteBuffer lengths = ByteBuffer.allocate(8).putInt(user.length).putInt(text.length);
        try {
            Mac mac = (Mac) digests.clone(); // never used itself, so any thread may copy it
            mac.update(lengths.array());
            mac.update(user);
            mac.update(text);
            return ByteBuffer.wrap(mac.doFinal(shown.password()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the runtime's " + DIGEST + " can be copied", e);
        }
    }
}
