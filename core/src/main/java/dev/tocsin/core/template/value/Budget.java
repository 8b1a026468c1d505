package dev.tocsin.core.template.value;

/** What one execution has left. For one execution, on one thread. */
public final class Budget {
    /** Copying 16 characters counts as a step. */
    private static final int CHARACTERS_PER_STEP = 16;

    private final int maxLength;
    private final long maxSteps;
    private long steps;

    /**
     * @param maxLength of any text or list, and of the output
     * @param maxSteps of work
     */
    public Budget(int maxLength, long maxSteps) {
        this.maxLength = maxLength;
        this.maxSteps = maxSteps;
    }

    /** The longest text that may be made, in characters. */
    public int maxLength() {
        return maxLength;
    }

    /** Counts one step. */
    public void step() {
        if (++steps > maxSteps) {
            throw exhausted();
        }
    }

    /** Counts the making of a text or list of {@code length} characters or elements. */
    public void work(long length) {
        work(length, length);
    }

    /** Counts the adding of {@code added} characters to a text that becomes {@code length} long. */
    public void work(long length, long added) {
        if (length > maxLength) {
            throw new LimitExceededException("more than " + maxLength + " characters or elements");
        }
        steps += added / CHARACTERS_PER_STEP;
        if (steps > maxSteps) {
            throw exhausted();
        }
    }

    private LimitExceededException exhausted() {
        return new LimitExceededException("more than " + maxSteps + " steps");
    }
}
