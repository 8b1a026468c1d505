package dev.tocsin.core.config;

import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;

/**
 * One kind of integration: how its settings are read, completed and printed. Stateless; safe for all threads. A kind
 * casts the {@link IntegrationConfig}s it gets to its own record: it only gets those that it made.
 */
public interface IntegrationKind {
    /** The name in metrics, logs and the notification log, such as {@code webhook}. */
    String name();

    /** The key of its list in a receiver, such as {@code webhook_configs}. */
    String configKey();

    /** What {@code send_resolved} is where it is not written. */
    boolean sendResolvedByDefault();

    /** Whether a null element of the list counts as an empty map rather than as {@code missing webhook config}. */
    default boolean takesNull() {
        return false;
    }

    /** What Alertmanager calls the type of an element in errors about it, such as {@code *webhook.WebhookConfig}. */
    default String elementType() {
        String name = name();
        return "*" + name + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Config";
    }

    /**
     * Reads one element of the list. What is wrong goes to {@code scope.problems()}; the result is then only used to find
     * more that is wrong.
     *
     * @param node the element; null only if {@link #takesNull}
     */
    IntegrationConfig decode(YamlNode node, ConfigScope scope);

    /**
     * Fills what is not written from the global settings, then checks that nothing is missing.
     *
     * @throws InvalidValueException if something is missing
     */
    IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException;

    /** Writes the settings, defaults and inherited ones included, in Alertmanager's order; secrets as their mask. */
    void print(IntegrationConfig config, YamlMapping out);
}
