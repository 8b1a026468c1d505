package dev.tocsin.it.sim.world;

/**
 * How messages fare from one node to another.
 *
 * @param cut nothing gets through
 * @param loss the probability that a message is lost
 * @param duplicate the probability that a message comes twice
 * @param reorder whether messages overtake each other
 * @param lowMillis the least delay
 * @param highMillis the greatest delay
 */
public record Link(boolean cut, double loss, double duplicate, boolean reorder, double lowMillis, double highMillis) {
    /** A good network. */
    public static final Link GOOD = new Link(false, 0, 0, false, 0.2, 1.5);

    /** An answer that takes longer than this is late for a claim, in milliseconds one way. */
    private static final double USEFUL_MILLIS = 110;

    /** This link, with nothing getting through, or with what got through before. */
    public Link cut(boolean nothing) {
        return new Link(nothing, loss, duplicate, reorder, lowMillis, highMillis);
    }

    /** Whether questions over this link are answered in time. */
    boolean useful() {
        return !cut && highMillis <= USEFUL_MILLIS;
    }
}
