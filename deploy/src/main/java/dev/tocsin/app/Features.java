package dev.tocsin.app;

import dev.tocsin.core.matcher.MatcherMode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code --enable-feature} turns on (contract section 1.3).
 *
 * @param enabled the features, unmodifiable
 */
record Features(Set<Feature> enabled) {
    /** One feature. */
    enum Feature {
        ALERT_NAMES_IN_METRICS("Alert names in metrics enabled"),
        RECEIVER_NAME_IN_METRICS("Experimental receiver name in metrics enabled"),
        GROUP_KEY_IN_METRICS("Experimental group key in metrics enabled"),
        CLASSIC_MODE("Classic mode enabled"),
        UTF8_STRICT_MODE("UTF-8 strict mode enabled"),
        AUTO_GOMEMLIMIT("Automatically set GOMEMLIMIT has no effect here: the launcher sizes the heap"),
        EVENT_RECORDER("Experimental event recorder enabled");

        private final String warning;

        Feature(String warning) {
            this.warning = warning;
        }

        /** What the log says at the start. */
        String warning() {
            return warning;
        }

        /** The name on the command line. */
        String flagName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads the flag's value.
     *
     * @throws StartupException on an unknown feature or on both matcher modes at once
     */
    static Features parse(String list) throws StartupException {
        EnumSet<Feature> enabled = EnumSet.noneOf(Feature.class);
        if (list.isEmpty()) {
            return new Features(enabled);
        }
        for (String name : list.split(",", -1)) {
            Optional<Feature> feature = Arrays.stream(Feature.values())
                    .filter(known -> known.flagName().equals(name))
                    .findFirst();
            if (feature.isEmpty()) {
                throw new StartupException(
                        "error parsing the feature flag list", "unknown option '" + name + "' for --enable-feature");
            }
            enabled.add(feature.get());
        }
        if (enabled.contains(Feature.CLASSIC_MODE) && enabled.contains(Feature.UTF8_STRICT_MODE)) {
            throw new StartupException(
                    "error parsing the feature flag list", "cannot have both classic and UTF-8 modes enabled");
        }
        return new Features(enabled);
    }

    /** Whether {@code feature} is on. */
    boolean has(Feature feature) {
        return enabled.contains(feature);
    }

    /** The grammar of matchers. */
    MatcherMode matcherMode() {
        if (has(Feature.CLASSIC_MODE)) {
            return MatcherMode.CLASSIC;
        }
        return has(Feature.UTF8_STRICT_MODE) ? MatcherMode.UTF8_STRICT : MatcherMode.FALLBACK;
    }
}
