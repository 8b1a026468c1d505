package dev.tocsin.core.template.value;

/** What one execution has left. For one execution, on one thread. */
public final class Budget {
    /** Copying 16 characters counts as a step. */
    private static final int CHARACTERS_PER_STEP = 16;

    /** All that is made together may be this much longer than a single text. */
    private static final int TEXTS_AT_ONCE = 4;

    private static final long LIST = 16;
    private static final long ELEMENT = 8;
    private static final long ENTRY = 32;

    private final int maxLength;
    private final long maxSteps;
    private long steps;
    private long made;

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

    /** Counts what a function made, by the memory that it takes: it may all be kept until the end. */
    public void made(Value value) {
        made += switch (value) {
            case Text text -> text.value().length();
            case Items items -> LIST + ELEMENT * items.list().size();
            case Dictionary dictionary -> LIST + ENTRY * dictionary.entries().size();
            default -> 0;
        };
        if (made > (long) TEXTS_AT_ONCE * maxLength) {
            throw new LimitExceededException(
                    "more than " + (long) TEXTS_AT_ONCE * maxLength + " characters or elements in all");
        }
    }

    private LimitExceededException exhausted() {
        return new LimitExceededException("more than " + maxSteps + " steps");
    }
}
