package dev.tocsin.core.whatif;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.matcher.Matcher;
import java.time.Instant;
import java.util.List;

/** What is tried. */
public sealed interface Candidate {
    /** Another configuration. */
    record Configuration(Config config) implements Candidate {}

    /** Another configuration, as the text of its file; files that it names are looked for beside the node's own file. */
    record ConfigurationText(String yaml) implements Candidate {}

    /**
     * A silence that would begin now.
     *
     * @param matcherSets as {@link dev.tocsin.core.silence.Silence#matcherSets}
     */
    record NewSilence(List<List<Matcher>> matcherSets) implements Candidate {
        /** Copies the lists. */
        public NewSilence {
            matcherSets = matcherSets.stream().map(List::copyOf).toList();
        }
    }

    /** A silence that would end now. */
    record EndedSilence(String id) implements Candidate {}

    /**
     * One of the others, tried on the alerts that began to fire in some time, as the journals tell of them. Each is seen at
     * the moment it began: by the time intervals and silences of then, a new silence included. What inhibited what is not
     * known any more, so inhibition is left out on both sides.
     *
     * @param tried no {@code InPast} itself
     * @param from inclusive
     * @param until exclusive
     */
    record InPast(Candidate tried, Instant from, Instant until) implements Candidate {
        /** Checks the times. */
        public InPast {
            if (!from.isBefore(until) || tried instanceof InPast) {
                throw new IllegalArgumentException("from " + from + " until " + until + ": must be a time that begins"
                        + " before it ends, and one only");
            }
        }
    }
}
