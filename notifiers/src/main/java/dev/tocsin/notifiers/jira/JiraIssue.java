package dev.tocsin.notifiers.jira;

import dev.tocsin.core.label.Utf8Order;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.json.JsonText;
import dev.tocsin.notifiers.json.JsonText.InvalidJsonException;
import dev.tocsin.notifiers.payload.Rendering;
import dev.tocsin.notifiers.payload.YamlLeaves;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is sent about an issue (notifiers contract section 1.15). */
final class JiraIssue {
    private static final int MAX_SUMMARY = 255;
    private static final int MAX_DESCRIPTION = 32_767;

    private final JiraConfig.Issue issue;
    private final boolean version3;
    private final Rendering rendering;

    /** @param version3 whether a description is a document in JSON instead of a text */
    JiraIssue(JiraConfig.Issue issue, boolean version3, Rendering rendering) {
        this.issue = issue;
        this.version3 = version3;
        this.rendering = rendering;
    }

    /**
     * The body that creates an issue or updates one.
     *
     * @param label by which the issue of a group is found
     * @throws JiraException if a template fails or the description is no document
     */
    byte[] body(String label, boolean update) throws JiraException {
        String summary = rendering.runes("summary", issue.summary().template(), MAX_SUMMARY);
        check("summary");
        Map<String, @Nullable Object> fields = new HashMap<>();
        if (!update || issue.summary().updates()) {
            fields.put("summary", summary);
        }
        fields.put("project", Map.of("key", text("project", issue.project())));
        fields.put("issuetype", Map.of("name", text("issue_type", issue.issueType())));
        Map<String, @Nullable Object> own = own();
        String description = rendering.runes("description", issue.description().template(), MAX_DESCRIPTION);
        check("description");
        Object document = version3 ? document(description.strip()) : description;
        if (!"".equals(document) && (!update || issue.description().updates())) {
            fields.put("description", document);
        }
        fields.put("labels", labels(label));
        String priority = text("priority", issue.priority());
        if (!priority.isEmpty()) {
            fields.put("priority", Map.of("name", priority));
        }
        fields.putAll(own);
        try {
            return new GoJson()
                    .openObject()
                    .name("fields")
                    .any(fields)
                    .closeObject()
                    .line();
        } catch (IllegalArgumentException e) { // a field with a number that JSON has not
            throw JiraException.permanent(String.valueOf(e.getMessage()));
        }
    }

    private String text(String what, String template) throws JiraException {
        String text = rendering.text(template);
        check(what);
        return text;
    }

    private void check(String what) throws JiraException {
        if (rendering.failed()) {
            throw new JiraException(rendering.refused(what + " template: "));
        }
    }

    private Map<String, @Nullable Object> own() throws JiraException {
        Map<String, @Nullable Object> own = new HashMap<>();
        issue.fields().forEach((name, value) -> own.put(name, YamlLeaves.replace(value, rendering::text)));
        check("fields");
        return own;
    }

    private List<String> labels(String label) throws JiraException {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < issue.labels().size(); i++) {
            labels.add(text("labels[" + i + "]", issue.labels().get(i)));
        }
        labels.add(label);
        labels.sort(Utf8Order::compare);
        return labels;
    }

    /** The members of the document keep their order; empty for an empty text. */
    private static Object document(String text) throws JiraException {
        if (text.isEmpty()) {
            return text;
        }
        try {
            return new GoJson.Written(JsonText.compact(text));
        } catch (InvalidJsonException e) {
            throw JiraException.permanent("description template: invalid JSON for API v3");
        }
    }
}
