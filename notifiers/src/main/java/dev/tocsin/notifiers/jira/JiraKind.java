package dev.tocsin.notifiers.jira;

import dev.tocsin.core.config.ConfigScope;
import dev.tocsin.core.config.GlobalConfig;
import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Texts;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientPrinter;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.NotifierFactory.NotifierBuildException;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.core.time.PrometheusDuration;
import dev.tocsin.core.yaml.InvalidValueException;
import dev.tocsin.core.yaml.YamlFields;
import dev.tocsin.core.yaml.YamlMapping;
import dev.tocsin.core.yaml.YamlNode;
import dev.tocsin.core.yaml.YamlResolver;
import dev.tocsin.notifiers.NotifierKind;
import dev.tocsin.notifiers.Outbound;
import dev.tocsin.notifiers.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How Jira is configured (notifiers contract section 1.15). Stateless. */
public final class JiraKind implements NotifierKind {
    private static final Set<String> API_TYPES = Set.of("auto", "cloud", "datacenter");

    /** The kind. */
    public JiraKind() {}

    @Override
    public String name() {
        return "jira";
    }

    @Override
    public String configKey() {
        return "jira_configs";
    }

    @Override
    public boolean sendResolvedByDefault() {
        return true;
    }

    @Override
    public IntegrationConfig decode(YamlNode node, ConfigScope scope) {
        return scope.problems().struct(node, "jira.plain", fields -> decode(fields, scope));
    }

    private JiraConfig decode(YamlFields fields, ConfigScope scope) {
        JiraConfig config = new JiraConfig(
                fields.bool("send_resolved", sendResolvedByDefault()),
                scope.http(fields),
                Settings.url(fields, "api_url"),
                fields.string("api_type", "auto"),
                new JiraConfig.Issue(
                        fields.string("project"),
                        text(fields, "summary"),
                        text(fields, "description"),
                        fields.strings("labels"),
                        fields.string("priority", byDefault("priority")),
                        fields.string("issue_type"),
                        values(fields)),
                new JiraConfig.Workflow(
                        fields.string("reopen_transition"),
                        fields.string("resolve_transition"),
                        fields.string("wont_fix_resolution"),
                        fields.text("reopen_duration", Duration.ZERO, Texts::duration)));
        if (config.issue().project().isEmpty()) {
            fields.refuse("missing project in jira_config");
        }
        if (config.issue().issueType().isEmpty()) {
            fields.refuse("missing issue_type in jira_config");
        }
        if (!API_TYPES.contains(config.apiType())) {
            fields.refuseAt("api_type", "unknown api_type on jira_config, must be auto, cloud or datacenter");
        }
        return config;
    }

    /** A template alone, or with whether it updates. */
    private static JiraConfig.Text text(YamlFields fields, String key) {
        YamlNode node = fields.node(key);
        if (node != null && !(node instanceof YamlNode.Scalar)) {
            return fields.problems()
                    .struct(
                            node,
                            "jira.plain",
                            text -> new JiraConfig.Text(
                                    text.string("template", byDefault(key)),
                                    text.has("enable_update") ? text.bool("enable_update", true) : null));
        }
        return new JiraConfig.Text(fields.string(key, byDefault(key)), null);
    }

    private static String byDefault(String name) {
        return "{{ template \"jira.default." + name + "\" . }}";
    }

    private static Map<String, @Nullable Object> values(YamlFields fields) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.map("fields", "map[string]interface {}", node -> node)
                .forEach((name, node) -> values.put(name, YamlResolver.value(node)));
        return Collections.unmodifiableMap(values);
    }

    @Override
    public IntegrationConfig inherit(IntegrationConfig config, GlobalConfig global) throws InvalidValueException {
        JiraConfig own = (JiraConfig) config;
        Url url = own.apiUrl() == null ? global.jiraApiUrl() : own.apiUrl();
        if (url == null) {
            throw new InvalidValueException("no global Jira Cloud URL set");
        }
        return new JiraConfig(
                own.sendResolved(), Settings.http(own.http(), global), url, own.apiType(), own.issue(), own.workflow());
    }

    @Override
    public void print(IntegrationConfig config, YamlMapping out) {
        JiraConfig jira = (JiraConfig) config;
        JiraConfig.Issue issue = jira.issue();
        JiraConfig.Workflow workflow = jira.workflow();
        out.bool("send_resolved", jira.sendResolved());
        HttpClientPrinter.print(jira.http(), out);
        out.textIfSet("api_url", jira.apiUrl())
                .textIfSet("api_type", jira.apiType())
                .textIfSet("project", issue.project())
                .mapping("summary", text -> print(issue.summary(), text))
                .mapping("description", text -> print(issue.description(), text))
                .textsIfAny("labels", issue.labels())
                .textIfSet("priority", issue.priority())
                .textIfSet("issue_type", issue.issueType())
                .textIfSet("reopen_transition", workflow.reopenTransition())
                .textIfSet("resolve_transition", workflow.resolveTransition())
                .textIfSet("wont_fix_resolution", workflow.wontFixResolution());
        if (!workflow.reopenDuration().isZero()) {
            out.text("reopen_duration", PrometheusDuration.print(workflow.reopenDuration()));
        }
        if (!issue.fields().isEmpty()) {
            out.any("fields", issue.fields());
        }
    }

    private static void print(JiraConfig.Text text, YamlMapping out) {
        out.textIfSet("template", text.template());
        if (text.enableUpdate() != null) {
            out.bool("enable_update", text.enableUpdate());
        }
    }

    @Override
    public Notifier build(IntegrationConfig config, Outbound outbound, TemplateSet templates)
            throws NotifierBuildException {
        JiraConfig jira = (JiraConfig) config;
        return new JiraNotifier(jira, outbound.open(name(), jira.http()), templates);
    }
}
