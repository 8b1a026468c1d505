package dev.tocsin.core.template.print;

import dev.tocsin.core.template.value.Budget;

/** Text that grows up to what an execution may make. For one execution, on one thread. */
public final class Output {
    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    /** Empty. */
    public Output(Budget budget) {
        this.budget = budget;
    }

    /** Appends {@code more}. */
    public Output append(String more) {
        budget.work(text.length() + (long) more.length(), more.length());
        text.append(more);
        return this;
    }

    /** Appends one character. */
    public Output append(char c) {
        budget.work(text.length() + 1L, 1);
        text.append(c);
        return this;
    }

    Output repeat(char c, int times) {
        budget.work(text.length() + (long) times, times);
        text.repeat(c, times);
        return this;
    }

    /** How long it is, in characters. */
    public int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
