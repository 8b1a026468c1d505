package dev.tocsin.core.interval;

/**
 * Numbers from a first to a last one, both inside. What they count is for the {@link CalendarField} to say.
 *
 * @param begin the first
 * @param end the last
 */
public record InclusiveRange(int begin, int end) {
    /** Whether {@code value} lies in the range. */
    public boolean contains(int value) {
        return value >= begin && value <= end;
    }
}
