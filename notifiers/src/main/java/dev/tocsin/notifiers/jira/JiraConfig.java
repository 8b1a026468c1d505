package dev.tocsin.notifiers.jira;

import dev.tocsin.core.config.IntegrationConfig;
import dev.tocsin.core.config.Url;
import dev.tocsin.core.config.http.HttpClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code jira_configs} (notifiers contract section 1.15).
 *
 * @param http null as long as nothing was inherited
 * @param apiUrl what addresses begin with; null as long as nothing was inherited
 * @param apiType {@code auto}, {@code cloud} or {@code datacenter}
 * @param issue what an issue says
 * @param workflow what becomes of an issue that was found
 */
public record JiraConfig(
        boolean sendResolved,
        @Nullable HttpClientConfig http,
        @Nullable Url apiUrl,
        String apiType,
        Issue issue,
        Workflow workflow)
        implements IntegrationConfig {

    /**
     * What an issue says; the texts are templates.
     *
     * @param fields plain values, strings, lists and maps by the name of the field, which is no template; the strings are
     */
    public record Issue(
            String project,
            Text summary,
            Text description,
            List<String> labels,
            String priority,
            String issueType,
            Map<String, @Nullable Object> fields) {
        /** Copies the list. */
        public Issue {
            labels = List.copyOf(labels);
        }
    }

    /**
     * A text of an issue.
     *
     * @param template of the text
     * @param enableUpdate whether it replaces that of an issue that was found; null if that is not written, which is yes
     */
    public record Text(String template, @Nullable Boolean enableUpdate) {
        /** Whether it replaces that of an issue that was found. */
        boolean updates() {
            return enableUpdate == null || enableUpdate;
        }
    }

    /**
     * What becomes of an issue that was found.
     *
     * @param reopenTransition the name of a transition; empty for none
     * @param resolveTransition the name of a transition; empty for none
     * @param wontFixResolution issues of this resolution are left alone; may be empty
     * @param reopenDuration how long ago an issue may have been resolved to be reopened
     */
    public record Workflow(
            String reopenTransition, String resolveTransition, String wontFixResolution, Duration reopenDuration) {}
}
