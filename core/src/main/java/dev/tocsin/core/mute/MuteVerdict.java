package dev.tocsin.core.mute;

import dev.tocsin.core.label.LabelSet;
import java.util.List;

/** Whether an alert may be notified now, and what keeps it quiet if not. */
public sealed interface MuteVerdict {
    /** One sentence for people. */
    String reason();

    private static String intervals(List<String> names) {
        return names.size() == 1 ? "interval " : "intervals ";
    }

    /** Nothing keeps it quiet. */
    record NotMuted() implements MuteVerdict {
        @Override
        public String reason() {
            return "nothing mutes it";
        }
    }

    /**
     * Another alert inhibits it.
     *
     * @param source the labels of that alert
     * @param ruleIndex the rule's place in the configuration, from 0
     * @param ruleName empty if the rule has no name
     */
    record Inhibited(LabelSet source, int ruleIndex, String ruleName) implements MuteVerdict {
        @Override
        public String reason() {
            String rule = ruleName.isEmpty() ? "#" + ruleIndex : "\"" + ruleName + '"';
            return "inhibited by alert " + source.fingerprintText() + " " + source + " through inhibition rule " + rule;
        }
    }

    /**
     * Its route only speaks during intervals of which none contains the tick.
     *
     * @param names all active intervals of the route, in its order
     */
    record OutsideActiveIntervals(List<String> names) implements MuteVerdict {
        @Override
        public String reason() {
            return "outside the active time " + intervals(names) + String.join(", ", names);
        }
    }

    /**
     * Its route is mute now.
     *
     * @param names the intervals that contain the tick, each once for every specification that does
     */
    record InsideMuteIntervals(List<String> names) implements MuteVerdict {
        @Override
        public String reason() {
            List<String> distinct = names.stream().distinct().toList();
            return "inside the mute time " + intervals(distinct) + String.join(", ", distinct);
        }
    }

    /**
     * Silences cover it.
     *
     * @param ids the silences that are active and match
     */
    record Silenced(List<String> ids) implements MuteVerdict {
        @Override
        public String reason() {
            return "silenced by " + String.join(", ", ids);
        }
    }
}
