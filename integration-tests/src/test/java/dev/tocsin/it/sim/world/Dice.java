package dev.tocsin.it.sim.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The chance in a simulation. Whatever draws for itself gets dice of its own, so that one more draw here does not change
 * what happens there.
 */
public final class Dice {
    private static final long MILLI = 1_000_000;

    private final SplittableRandom random;

    /** The dice of a seed. */
    public Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice that fall independently of these. */
    public Dice split() {
        return new Dice(random.split());
    }

    /** For production classes that draw. */
    public RandomGenerator generator() {
        return random.split();
    }

    /** Whether something with this probability happens. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number of 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number of {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** Nanoseconds, evenly distributed. */
    public long millis(double low, double high) {
        return (long) ((low + (high - low) * random.nextDouble()) * MILLI);
    }

    /** One of them. */
    public <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
