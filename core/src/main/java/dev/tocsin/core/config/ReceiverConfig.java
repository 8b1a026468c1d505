package dev.tocsin.core.config;

import java.util.List;
import java.util.Map;

/**
 * A receiver and its integrations, in the order in which they are built (contract section 2.5).
 *
 * @param name unique among the receivers
 * @param labels always holds {@code name}
 * @param integrations may be empty: such a receiver's groups flush and send nothing
 */
public record ReceiverConfig(String name, Map<String, String> labels, List<Integration> integrations) {
    /**
     * One integration of a receiver.
     *
     * @param kind the name in metrics, logs and the notification log, such as {@code webhook}
     * @param index its place in the list of its own kind, from 0
     * @param config its settings
     */
    public record Integration(String kind, int index, IntegrationConfig config) {
        /** The form used in logs: {@code webhook[0]}. */
        @Override
        public String toString() {
            return kind + "[" + index + "]";
        }
    }
}
