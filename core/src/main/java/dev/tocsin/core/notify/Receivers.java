package dev.tocsin.core.notify;

import dev.tocsin.core.config.ReceiverConfig;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built integrations of a configuration by receiver. Immutable; safe for all threads. */
public final class Receivers implements AutoCloseable {
    private final Map<String, List<Target>> targets;

    private Receivers(Map<String, List<Target>> targets) {
        this.targets = Map.copyOf(targets);
    }

    /**
     * Builds all integrations of {@code configs}; reads files, so it may block.
     *
     * @throws NotifierBuildException if one cannot be built; those built before it are closed again
     */
    public static Receivers build(Collection<ReceiverConfig> configs, NotifierFactory factory, TemplateSet templates)
            throws NotifierBuildException {
        Map<String, List<Target>> targets = new HashMap<>();
        boolean complete = false;
        try {
            for (ReceiverConfig config : configs) {
                List<Target> built = new ArrayList<>();
                targets.put(config.name(), built);
                for (ReceiverConfig.Integration integration : config.integrations()) {
                    built.add(new Target(
                            config.name(),
                            integration.kind(),
                            integration.index(),
                            integration.config().sendResolved(),
                            factory.build(config, integration, templates)));
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                close(targets);
            }
        }
        targets.replaceAll((name, built) -> List.copyOf(built));
        return new Receivers(targets);
    }

    /** The integrations of a receiver in the order in which they were built; empty if it has none or does not exist. */
    public List<Target> targets(String receiver) {
        return targets.getOrDefault(receiver, List.of());
    }

    /** All integrations by receiver; unmodifiable. */
    public Map<String, List<Target>> all() {
        return targets;
    }

    /** Frees the connections of all integrations; may block. */
    @Override
    public void close() {
        close(targets);
    }

    private static void close(Map<String, List<Target>> targets) {
        targets.values()
                .forEach(built -> built.forEach(target -> target.notifier().close()));
    }
}
