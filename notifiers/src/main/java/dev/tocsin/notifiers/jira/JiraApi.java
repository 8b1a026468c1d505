package dev.tocsin.notifiers.jira;

import dev.tocsin.core.config.Url;
import dev.tocsin.core.notify.Notification;
import dev.tocsin.notifiers.http.IntegrationClient;
import dev.tocsin.notifiers.http.StatusRule;
import dev.tocsin.notifiers.http.message.HttpField;
import dev.tocsin.notifiers.http.message.OutboundRequest;
import dev.tocsin.notifiers.http.message.OutboundResult;
import dev.tocsin.notifiers.http.message.TocsinFields;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The requests to Jira (notifiers contract section 1.15). Safe for many threads. */
final class JiraApi {
    private static final Set<Integer> ALSO_RETRIED = Set.of(429);

    private final Url url;
    private final IntegrationClient client;
    private final String searchPath;

    /** @param apiType {@code auto}, {@code cloud} or {@code datacenter} */
    JiraApi(Url url, String apiType, IntegrationClient client) {
        this.url = url.withTrailingSlash();
        this.client = client;
        boolean cloud =
                apiType.equals("cloud") || (apiType.equals("auto") && hostName().endsWith("atlassian.net"));
        this.searchPath = cloud ? "search/jql" : "search";
    }

    private String hostName() {
        int port = url.host().lastIndexOf(':');
        return port < 0 ? url.host() : url.host().substring(0, port);
    }

    /** Whether descriptions are documents. */
    boolean isVersion3() {
        String path = url.path();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end).endsWith("/3");
    }

    /** The search of the cloud exists in the third version only. */
    private Url searchUrl() {
        Url search = url.append(searchPath);
        return searchPath.equals("search")
                ? search
                : new Url(
                        search.scheme(),
                        search.username(),
                        search.password(),
                        search.host(),
                        search.path().replaceFirst("/rest/api/2/", "/rest/api/3/"),
                        search.suffix());
    }

    /**
     * Asks for issues.
     *
     * @return the answer
     */
    OutboundResult.Answer search(Call call, byte[] body) throws JiraException, InterruptedException {
        return exchange(call, "POST", searchUrl(), body, "search");
    }

    /**
     * Sends {@code body} to {@code path}, or asks if it is empty.
     *
     * @param part tells the request from others of the same notification; empty for the one that tells the alerts
     * @return the answer
     * @throws JiraException if there was none, or one that is no success
     */
    OutboundResult.Answer exchange(Call call, String method, String path, byte[] body, String part)
            throws JiraException, InterruptedException {
        return exchange(call, method, url.append(path), body, part);
    }

    private OutboundResult.Answer exchange(Call call, String method, Url to, byte[] body, String part)
            throws JiraException, InterruptedException {
        List<HttpField> fields = TocsinFields.of(call.notification(), "application/json", part);
        OutboundRequest request = new OutboundRequest(method, to, fields, body)
                .with("Accept-Language", "en")
                .anonymous()
                .openly();
        return switch (client.exchange(request, call.deadline())) {
            case OutboundResult.Failure failure -> throw new JiraException(StatusRule.failed(failure, request));
            case OutboundResult.Answer answer when answer.success() -> answer;
            case OutboundResult.Answer answer -> throw new JiraException(StatusRule.refused(answer, ALSO_RETRIED));
        };
    }

    /**
     * For what requests are sent.
     *
     * @param deadline of all of them
     */
    record Call(Notification notification, Instant deadline) {}
}
