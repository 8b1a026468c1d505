package dev.tocsin.core.inhibit;

import dev.tocsin.core.label.LabelSet;

/** Whether other alerts keep an alert quiet. */
public sealed interface InhibitVerdict {
    /** No rule applies. */
    record NotInhibited() implements InhibitVerdict {}

    /**
     * A rule applies.
     *
     * @param source the labels of the firing alert that inhibits
     * @param ruleIndex the rule's place in the configuration, from 0
     * @param ruleName empty if the rule has no name
     */
    record Inhibited(LabelSet source, int ruleIndex, String ruleName) implements InhibitVerdict {
        /** The source's fingerprint as clients see it. */
        public String fingerprintText() {
            return source.fingerprintText();
        }
    }
}
