package dev.tocsin.core.whatif;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.matcher.Matcher;
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
}
