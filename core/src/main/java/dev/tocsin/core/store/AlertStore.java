package dev.tocsin.core.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.ingest.AlertSource;
import dev.tocsin.core.ingest.StringInterner;
import dev.tocsin.core.metrics.Metrics;
import dev.tocsin.core.replicate.Buckets;
import dev.tocsin.core.replicate.Replication;
import dev.tocsin.core.runtime.Cancellable;
import dev.tocsin.core.runtime.Clock;
import dev.tocsin.core.runtime.Scheduler;
import dev.tocsin.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The alerts the hub knows, by fingerprint (contract sections 4.2 and 4.3). Written on the hub loop only; any thread may
 * read. It holds what senders report: its size is bounded by the garbage collection of resolved alerts and, if set, by
 * the limit per alert name.
 */
public final class AlertStore {
    /** Hears what happens to stored alerts. Called on the hub loop, in the order of subscription; must not block. */
    public interface Subscriber {
        /**
         * An alert was stored: new, changed, or posted again without change.
         *
         * @param now the alert as it is stored now
         * @param before what was stored under the same labels until now, or null
         */
        void stored(Alert now, @Nullable Alert before);

        /** A resolved alert was forgotten. */
        void removed(Alert alert);

        /**
         * An alert was not stored because {@code limit} alerts of its name live. Does nothing by default.
         *
         * @param alert as it would have been stored
         */
        default void limited(Alert alert, int limit) {}
    }

    /** How often the node leaves a sign of life, and so how exactly it knows later how long it was down. */
    private static final Duration STAMP_INTERVAL = Duration.ofSeconds(10);

    /** How often alerts are looked at whose sources disagree. */
    private static final Duration CONTEST_INTERVAL = Duration.ofSeconds(5);

    /** Texts of peers' alerts that are kept only once. */
    private static final int PEER_TEXTS = 1 << 12;

    private final AlertStoreOptions options;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Subscribers subscribers;
    private final AlertLog alertLog;
    private final AlertLimits limits;
    private final ClockWatch clockWatch;
    private final Sources sources = new Sources();
    private final StoredAlerts alerts = new StoredAlerts();
    private final Contests contests = new Contests(CONTEST_INTERVAL);
    private final StringInterner texts = new StringInterner(PEER_TEXTS);
    private final Propagation propagation;
    private Duration resolvedKept = Duration.ZERO;
    private Instant loadedAt = Instant.MIN;
    private @Nullable Instant heardUntil;
    private Cancellable gcTimer = Cancellable.NONE;
    private Cancellable stampTimer = Cancellable.NONE;
    private Cancellable contestTimer = Cancellable.NONE;

    /**
     * An empty store.
     *
     * @param storage keeps the log {@code alerts}
     */
    public AlertStore(AlertStoreOptions options, Clock clock, Scheduler scheduler, Storage storage, Metrics metrics) {
        this.options = options;
        this.clock = clock;
        this.clockWatch = new ClockWatch(clock);
        this.scheduler = scheduler;
        this.alertLog = new AlertLog(storage, metrics);
        this.propagation = new Propagation(alertLog, clock);
        this.limits = new AlertLimits(options, metrics);
        this.subscribers = new Subscribers(metrics);
        metrics.gauge("tocsin_alerts_stored", "Alerts in the store, resolved ones included.")
                .labels()
                .set(alerts::size);
    }

    /**
     * Reads what was stored before the last stop. Blocks; call it once, before {@link #start} and before anybody
     * subscribes.
     *
     * @throws IOException if the log cannot be read or is damaged
     */
    public void load() throws IOException {
        loadedAt = clock.now();
        for (StoredAlert stored : alertLog.open(sources, loadedAt, options.gcInterval())) {
            // A lower limit than last time holds from now on, as if the alerts had just come.
            if (limits.admit(stored.alert(), loadedAt)) {
                keep(stored, new AsOf(loadedAt));
            }
        }
    }

    /** Begins garbage collection and the writing of what keeps the log short. After {@link #load}, on the hub loop. */
    public void start() {
        alertLog.rewrite(alerts.all(), clock.now());
        gcTimer = scheduler.schedule(options.gcInterval(), this::collect);
        stampTimer = scheduler.schedule(STAMP_INTERVAL, this::stamp);
        contestTimer = scheduler.schedule(CONTEST_INTERVAL, this::settleContests);
    }

    /**
     * Ends the timers and closes the log. On the hub loop; may block.
     *
     * @throws IOException if the last records could not be written
     */
    public void stop() throws IOException {
        gcTimer.cancel();
        stampTimer.cancel();
        contestTimer.cancel();
        alertLog.stamp(clock.now());
        alertLog.close();
    }

    /**
     * Lets {@code subscriber} hear of all alerts stored from now on. It asks {@link #forEach} for those that are stored
     * already. On the hub loop.
     *
     * @param name the value of the metric's label: {@code inhibitor} or {@code dispatcher}
     * @return ends the subscription
     */
    public Cancellable subscribe(String name, Subscriber subscriber) {
        return subscribers.add(name, subscriber);
    }

    /**
     * Tells peers of every change from now on, and keeps what has resolved for them for at least the garbage collection's
     * interval. Call it once, before {@link #start}, on the hub loop.
     */
    public void replicateThrough(Replication peers) {
        propagation.replicateThrough(peers);
        alerts.dropSums();
        resolvedKept = options.gcInterval();
    }

    /**
     * Stores valid alerts and tells the subscribers. After {@link #load}, on the hub loop.
     *
     * @param batch in posted order; may be empty
     * @param poster who posted it
     * @param done runs on the hub loop, at once or later, when what must survive is written and enough peers have it; a
     *     disk or peers that do not take it are counted, but do not keep alerts from being notified
     */
    public void put(List<Alert> batch, AlertSource poster, Runnable done) {
        AsOf at = asOf();
        Instant now = at.now();
        List<StoredAlert> material = new ArrayList<>();
        int limited = 0;
        for (Alert posted : batch) {
            StoredAlert before = alerts.get(posted.fingerprint());
            Source source = options.sourceAware() ? sources.of(poster, posted.generatorUrl(), now) : null;
            StoredAlert next = SourceMerge.absorb(before, posted, source, at);
            if (limits.admit(next.alert(), now)) {
                store(next, before, at, material);
            } else {
                limited++;
                subscribers.limited(next.alert(), options.perAlertNameLimit());
            }
        }
        limits.warn(limited);
        propagation.save(material, now, done);
    }

    private void store(StoredAlert next, @Nullable StoredAlert before, AsOf at, List<StoredAlert> material) {
        StoredAlert kept = next;
        if (next.isMaterial(before, at.now())) {
            kept = next.written(at.now());
            material.add(kept);
        }
        keep(kept, at);
        subscribers.stored(kept.alert(), before == null ? null : before.alert());
    }

    private void keep(StoredAlert stored, AsOf at) {
        alerts.put(stored, at.now());
        contests.stored(stored, at);
    }

    /** The alert with this fingerprint, resolved or not, or null. Any thread. */
    public @Nullable Alert find(long fingerprint) {
        StoredAlert stored = alerts.get(fingerprint);
        return stored == null ? null : stored.alert();
    }

    /** How many alerts are stored, resolved ones included. Any thread. */
    public int size() {
        return alerts.size();
    }

    /** Hands every stored alert, resolved ones included, to {@code action}, in no order; weakly consistent. Any thread. */
    public void forEach(Consumer<? super Alert> action) {
        alerts.all().forEach(stored -> action.accept(stored.alert()));
    }

    /**
     * Hands stored alerts, resolved ones included, to {@code each} in the unsigned order of their fingerprints, until it
     * answers false. Whoever goes on later behind the last one misses none that stays, and sees none twice. Any thread.
     *
     * @param after begins behind this fingerprint, whether it is stored or not; null to begin at the first
     */
    public void walk(@Nullable Long after, Predicate<? super Alert> each) {
        alerts.walk(after, stored -> each.test(stored.alert()));
    }

    /** The alerts that have not ended by {@code now}, in no order; a new list. Any thread. */
    public List<Alert> firing(Instant now) {
        List<Alert> firing = new ArrayList<>(alerts.size());
        forEach(alert -> {
            if (!alert.resolvedAt(now)) {
                firing.add(alert);
            }
        });
        return firing;
    }

    private void collect() {
        gcTimer = scheduler.schedule(options.gcInterval(), this::collect);
        Instant now = clock.now();
        for (StoredAlert stored : alerts.copy()) {
            if (stored.alert().resolvedAt(now.minus(resolvedKept))) {
                forget(stored.alert());
            }
        }
    }

    /**
     * What is stored, to compare with other nodes; a live view. On the hub loop.
     *
     * @param compared what has resolved longer ago is left out; always the same once peers hear of changes
     */
    Buckets digest(Duration compared) {
        return alerts.digest(compared, asOf().now());
    }

    private void forget(Alert alert) {
        alerts.remove(alert.fingerprint(), clock.now());
        contests.forget(alert.fingerprint());
        limits.forget(alert);
        subscribers.removed(alert);
    }

    private void stamp() {
        stampTimer = scheduler.schedule(STAMP_INTERVAL, this::stamp);
        alertLog.maintain(alerts.all(), clock.now());
    }

    /** A source that has become silent no longer lets an alert fire that another one has told the end of. */
    private void settleContests() {
        contestTimer = scheduler.schedule(CONTEST_INTERVAL, this::settleContests);
        AsOf at = asOf();
        propagation.ask(contests.aboutToEnd(alerts.all(), at));
        Predicate<StoredAlert> open = contests.open(alerts, at);
        if (at.isHeld() || !contests.isEmpty()) {
            reconsider(at, open);
        }
    }

    private void reconsider(AsOf at, Predicate<StoredAlert> worthIt) {
        List<StoredAlert> material = new ArrayList<>();
        for (StoredAlert before : alerts.copy()) {
            StoredAlert next = worthIt.test(before) ? SourceMerge.reconsidered(before, at) : before;
            if (!next.alert().equals(before.alert())) {
                store(next, before, at, material);
            }
        }
        propagation.save(material, at.now(), () -> {});
    }

    private AsOf asOf() {
        Instant now = clock.now();
        Duration back = clockWatch.setBack();
        if (back != null) {
            setBack(back, now);
        }
        return new AsOf(now, heardUntil == null ? now : heardUntil);
    }

    private void setBack(Duration by, Instant now) {
        sources.setBack(by);
        contests.setBack();
        heardUntil = heardUntil == null ? null : heardUntil.minus(by);
        alerts.dropSums();
        for (StoredAlert stored : alerts.copy()) {
            StoredAlert moved = stored.setBack(by, now.plus(by));
            alerts.put(moved, now);
            subscribers.stored(moved.alert(), stored.alert());
        }
        alertLog.rewrite(alerts.all(), now);
    }

    /**
     * Whether this node may be the one that senders do not reach. As long as that is so, no alert ends only because nobody
     * has told that it goes on. On the hub loop.
     */
    public void holdInferredEnds(boolean held) {
        if (held == (heardUntil != null)) {
            return;
        }
        heardUntil = held ? clock.now() : null;
        AsOf at = asOf();
        reconsider(at, stored -> held ? stored.endsUnheardBefore(at) : stored.isHeld(at));
    }

    /** How long the node was down before it loaded the store; null if it has never run before. */
    public @Nullable Duration downtime() {
        Instant lastAlive = alertLog.lastAlive();
        return lastAlive == null ? null : Duration.between(lastAlive, loadedAt);
    }

    /** Forgets what was loaded and has not been posted since; to the subscribers it has ended. On the hub loop. */
    public void forgetLoaded() {
        Instant now = clock.now();
        for (StoredAlert stored : alerts.copy()) {
            Alert alert = stored.alert();
            if (alert.updatedAt().isBefore(loadedAt)) {
                if (!alert.resolvedAt(now)) {
                    subscribers.stored(stored.heldUntil(now).alert(), alert);
                }
                forget(alert);
            }
        }
        alertLog.rewrite(alerts.all(), now);
    }

    /** What is stored. */
    Collection<StoredAlert> all() {
        asOf(); // their times are told to others
        return alerts.all();
    }

    /** What is stored under these labels, or null. */
    @Nullable StoredAlert stored(long fingerprint) {
        return alerts.get(fingerprint);
    }

    /** How long alerts are kept that have resolved. */
    Duration resolvedKept() {
        return resolvedKept;
    }

    /** Reads a record, sharing texts and sources with what is stored. Times are those of the writer's clock. */
    AlertCodec.Decoded decode(byte[] encoded) throws InvalidProtocolBufferException {
        return AlertCodec.decode(encoded, texts, sources);
    }

    /**
     * Joins what another node knows, its times by this node's clock. Peers are told only if this node knows more.
     *
     * @param record the bytes of exactly these alerts, to be written if all of them are news; null if there are none
     */
    @SuppressWarnings("ReferenceEquality") // an alert that is kept as it was told is the same object
    void join(List<StoredAlert> others, byte @Nullable [] record) {
        AsOf at = asOf();
        int asTold = 0;
        List<StoredAlert> material = new ArrayList<>();
        List<StoredAlert> more = new ArrayList<>();
        for (StoredAlert other : others) {
            int known = material.size();
            StoredAlert before = alerts.get(other.alert().fingerprint());
            StoredAlert next = before == null ? AlertJoin.alone(other, at) : AlertJoin.join(before, other, at);
            boolean forgotten =
                    before == null && next.alert().resolvedAt(at.now().minus(resolvedKept));
            if (!next.equals(before) && !forgotten && limits.admit(next.alert(), at.now())) {
                asTold += next == other ? 1 : 0;
                store(next, before, at, material);
                if (material.size() > known
                        && AlertJoin.knowsLess(other, next)
                        && propagation.mayTell(next.alert().fingerprint())) {
                    more.add(material.getLast());
                }
            }
        }
        boolean whole = asTold == others.size() && material.size() == asTold;
        propagation.join(material, whole ? record : null, more, at.now());
    }
}
