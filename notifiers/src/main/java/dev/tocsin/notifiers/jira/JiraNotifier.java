package dev.tocsin.notifiers.jira;

import dev.tocsin.core.label.GoQuote;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.core.notify.Notifier;
import dev.tocsin.core.notify.Outcome;
import dev.tocsin.core.template.TemplateSet;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.KeyHash;
import dev.tocsin.notifiers.payload.Rendering;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps one issue for each group: searches it, creates or updates it, and moves it. Safe for many threads. */
final class JiraNotifier implements Notifier {
    private static final String DONE = "done";

    private final JiraConfig config;
    private final JiraApi api;
    private final IntegrationClient client;
    private final TemplateSet templates;

    /** @param config complete */
    JiraNotifier(JiraConfig config, IntegrationClient client, TemplateSet templates) {
        this.config = config;
        this.api = new JiraApi(Objects.requireNonNull(config.apiUrl()), config.apiType(), client);
        this.client = client;
        this.templates = templates;
    }

    @Override
    public Outcome send(Notification notification, Instant deadline) throws InterruptedException {
        try {
            Rendering rendering = new Rendering(templates, notification);
            return send(new JiraApi.Call(notification, deadline), rendering);
        } catch (JiraException e) {
            return e.outcome();
        }
    }

    private Outcome send(JiraApi.Call call, Rendering rendering) throws JiraException, InterruptedException {
        boolean firing = rendering.data().firing();
        String label = "ALERT{" + KeyHash.of(call.notification()) + "}";
        OutboundResult.Answer answer = search(call, rendering, label, firing);
        Found found = first(answer);
        if (found == null && !firing) {
            return StatusRule.accepted(answer);
        }
        byte[] body = new JiraIssue(config.issue(), api.isVersion3(), rendering).body(label, found != null);
        answer = found == null ? write(call, "POST", "issue", body) : write(call, "PUT", "issue/" + found.key(), body);
        String transition = found == null ? "" : transition(found, firing);
        return StatusRule.accepted(found == null || transition.isEmpty() ? answer : move(call, found, transition));
    }

    private OutboundResult.Answer write(JiraApi.Call call, String method, String path, byte[] body)
            throws JiraException, InterruptedException {
        try {
            return api.exchange(call, method, path, body, "");
        } catch (JiraException e) {
            throw e.prefixed("failed to " + method + " request to " + GoQuote.quote(path) + ": ");
        }
    }

    /**
     * An issue of the group.
     *
     * @param category the key of its status's category; null if Jira does not tell
     */
    private record Found(String key, @Nullable String category) {}

    private OutboundResult.Answer search(JiraApi.Call call, Rendering rendering, String label, boolean firing)
            throws JiraException, InterruptedException {
        String project = rendering.text(config.issue().project());
        if (rendering.failed()) {
            throw new JiraException(
                    rendering.refused("failed to look up existing issues: invalid project template or value: "));
        }
        GoJson json = new GoJson().openObject();
        json.name("fields").openList().text("status").closeList();
        json.text("jql", query(project, label, firing));
        json.name("maxResults").whole(2);
        try {
            return api.search(call, json.closeObject().line());
        } catch (JiraException e) {
            throw e.prefixed("failed to look up existing issues: HTTP request to JIRA API: ");
        }
    }

    private String query(String project, String label, boolean firing) {
        JiraConfig.Workflow workflow = config.workflow();
        StringBuilder query = new StringBuilder();
        if (!workflow.wontFixResolution().isEmpty()) {
            query.append("(resolution is EMPTY or resolution != ")
                    .append(GoQuote.quote(workflow.wontFixResolution()))
                    .append(") and ");
        }
        long minutes = workflow.reopenDuration().toMinutes();
        if (firing && !workflow.reopenTransition().isEmpty() && minutes > 0) {
            query.append("(resolutiondate is EMPTY OR resolutiondate >= -")
                    .append(minutes)
                    .append("m) and ");
        } else {
            query.append("statusCategory != Done and ");
        }
        return query.append("project=")
                .append(GoQuote.quote(project))
                .append(" and labels=")
                .append(GoQuote.quote(label))
                .append(" order by status ASC,resolutiondate DESC")
                .toString();
    }

    private static @Nullable Found first(OutboundResult.Answer answer) throws JiraException {
        Map<?, ?> object;
        try {
            object = JsonText.object(answer.body());
        } catch (InvalidJsonException e) {
            throw JiraException.permanent("failed to look up existing issues: " + e.getMessage());
        }
        if (!(object.get("issues") instanceof List<?> issues)
                || issues.isEmpty()
                || !(issues.getFirst() instanceof Map<?, ?> issue)) {
            return null;
        }
        boolean told = issue.get("fields") instanceof Map<?, ?> fields && fields.get("status") instanceof Map<?, ?>;
        return new Found(
                String.valueOf(issue.get("key")),
                told ? text(inside(inside(inside(issue, "fields"), "status"), "statusCategory"), "key") : null);
    }

    private static Map<?, ?> inside(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    /** The name of the transition that the issue needs; empty for none. */
    private String transition(Found found, boolean firing) {
        if (found.category() == null || found.category().equals(DONE) != firing) {
            return "";
        }
        return firing ? config.workflow().reopenTransition() : config.workflow().resolveTransition();
    }

    private OutboundResult.Answer move(JiraApi.Call call, Found found, String name)
            throws JiraException, InterruptedException {
        String path = "issue/" + found.key() + "/transitions";
        String id =
                id(api.exchange(call, "GET", path, new byte[0], "transitions").body(), name);
        if (id == null) {
            throw JiraException.permanent("can't find transition " + name + " for issue " + found.key());
        }
        GoJson json = new GoJson().openObject();
        json.name("transition").openObject().text("id", id).closeObject();
        return api.exchange(call, "POST", path, json.closeObject().line(), "transition");
    }

    private static @Nullable String id(String answer, String name) throws JiraException {
        try {
            if (JsonText.object(answer).get("transitions") instanceof List<?> transitions) {
                for (Object item : transitions) {
                    if (item instanceof Map<?, ?> transition
                            && text(transition, "name").equals(name)) {
                        return text(transition, "id");
                    }
                }
            }
            return null;
        } catch (InvalidJsonException e) {
            throw JiraException.permanent(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
