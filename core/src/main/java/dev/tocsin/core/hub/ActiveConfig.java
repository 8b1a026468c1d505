package dev.tocsin.core.hub;

import dev.tocsin.core.config.Config;
import dev.tocsin.core.group.Dispatcher;
import dev.tocsin.core.inhibit.Inhibitor;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.pipeline.Pipeline;
import java.util.Map;

/**
 * A configuration in force with everything that was built from it and is replaced with it.
 *
 * @param text the normalised configuration, secrets masked
 * @param receiverLabels the labels of all receivers by name
 */
record ActiveConfig(
        Config config,
        ConfigText text,
        Map<String, LabelSet> receiverLabels,
        Inhibitor inhibitor,
        Pipeline pipeline,
        Dispatcher dispatcher) {}
