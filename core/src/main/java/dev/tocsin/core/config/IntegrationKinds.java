package dev.tocsin.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of integrations that can be configured, and the ones that a file may name. Immutable; safe for all threads. */
public final class IntegrationKinds {
    /**
     * The keys of a receiver that hold lists of integrations in Alertmanager, in the order in which they are printed
     * (contract section 2.5). Kinds of our own come after them.
     */
    private static final List<String> KEYS = List.of(
            "discord_configs",
            "email_configs",
            "incidentio_configs",
            "pagerduty_configs",
            "slack_configs",
            "webhook_configs",
            "opsgenie_configs",
            "wechat_configs",
            "pushover_configs",
            "victorops_configs",
            "sns_configs",
            "telegram_configs",
            "webex_configs",
            "msteams_configs",
            "msteamsv2_configs",
            "jira_configs",
            "rocketchat_configs",
            "mattermost_configs");

    private final Map<String, IntegrationKind> byKey = new LinkedHashMap<>();

    /**
     * Some kinds.
     *
     * @param kinds in the order in which the integrations of a receiver are built
     * @throws IllegalArgumentException if two have the same key
     */
    public IntegrationKinds(List<IntegrationKind> kinds) {
        for (IntegrationKind kind : kinds) {
            if (byKey.putIfAbsent(kind.configKey(), kind) != null) {
                throw new IllegalArgumentException("two kinds claim " + kind.configKey());
            }
        }
    }

    /** In the order in which the integrations of a receiver are built. */
    public List<IntegrationKind> all() {
        return List.copyOf(byKey.values());
    }

    /** The keys of the kinds, in the order in which they are printed. */
    public List<String> printed() {
        List<String> keys = new ArrayList<>(KEYS);
        byKey.keySet().stream().filter(key -> !KEYS.contains(key)).forEach(keys::add);
        keys.retainAll(byKey.keySet());
        return keys;
    }

    /** The kind whose integrations stand under {@code key}, or null. */
    public @Nullable IntegrationKind byKey(String key) {
        return byKey.get(key);
    }

    /** Keys that Alertmanager knows and no kind claims. */
    public List<String> unsupported() {
        List<String> keys = new ArrayList<>(KEYS);
        keys.removeAll(byKey.keySet());
        return keys;
    }
}
